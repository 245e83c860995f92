import { InteractionResponseType } from 'discord-api-types/v10';
import type { Interaction } from '../interactions.ts';
import type { MessageBody } from '../message-builder.ts';
import type { StoredMessage } from '../messages.ts';
import type { CallbackBody, Responses } from '../responses.ts';
import type { MessageRules } from '../strict/message-rules.ts';
import { noContent, ok, type Route, route } from './router.ts';

const WEBHOOK = '/webhooks/:applicationId/:token';

/** Answers to interactions: the callback, and what the token opens afterwards. */
export function interactionRoutes(responses: Responses, rules: MessageRules): Route[] {
  return [
    route(
      'POST',
      '/interactions/:id/:token/callback',
      ({ params, query, body, files }) => {
        const interaction = responses.acknowledgeable(params.id, params.token);
        const callback = body as CallbackBody;
        rules.callback(interaction, callback, files);
        const stored = responses.acknowledge(interaction, callback, files);
        return query.get('with_response') === 'true'
          ? ok(callbackResponse(interaction, callback, stored))
          : noContent();
      },
      { open: true, bodyKind: 'callback' },
    ),
    route(
      'POST',
      WEBHOOK,
      ({ params, body, files }) => {
        const interaction = responses.alive(params.applicationId, params.token);
        rules.create(body as MessageBody, files);
        return ok(responses.followUp(interaction, { body: body as MessageBody, files }));
      },
      { open: true, bodyKind: 'followUp' },
    ),
    route(
      'GET',
      `${WEBHOOK}/messages/:messageId`,
      ({ params }) => {
        const interaction = responses.alive(params.applicationId, params.token);
        return ok(responses.find(interaction, params.messageId).message);
      },
      { open: true },
    ),
    route(
      'PATCH',
      `${WEBHOOK}/messages/:messageId`,
      ({ params, body, files }) => {
        const interaction = responses.alive(params.applicationId, params.token);
        const stored = responses.find(interaction, params.messageId);
        rules.edit(stored.message, body as MessageBody, files);
        return ok(responses.edit(interaction, stored, { body: body as MessageBody, files }));
      },
      { open: true, bodyKind: 'webhookEdit' },
    ),
    route(
      'DELETE',
      `${WEBHOOK}/messages/:messageId`,
      ({ params }) => {
        const interaction = responses.alive(params.applicationId, params.token);
        responses.delete(interaction, responses.find(interaction, params.messageId));
        return noContent();
      },
      { open: true },
    ),
  ];
}

function callbackResponse(interaction: Interaction, { type }: CallbackBody, stored: StoredMessage | null): object {
  const isDeferred = type === InteractionResponseType.DeferredChannelMessageWithSource;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(stored === null
        ? {}
        : {
            response_message_id: stored.message.id,
            response_message_loading: isDeferred,
            response_message_ephemeral: interaction.ephemeral,
          }),
    },
    resource: { type, ...(stored === null ? {} : { message: stored.message }) },
  };
}
