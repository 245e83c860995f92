import * as published from 'discord-api-spec/zod';
import * as z from 'zod/mini';
import { type $ZodIssue, type $ZodType, safeParse } from 'zod/v4/core';
import { type FormIssue, invalidForm } from '../errors.ts';
import { strictSchema } from './strict-schema.ts';

const callbacks: Record<number, $ZodType> = {
  4: published.CreateMessageInteractionCallbackRequestSchema,
  5: published.CreateMessageInteractionCallbackRequestSchema,
  6: published.UpdateMessageInteractionCallbackRequestSchema,
  7: published.UpdateMessageInteractionCallbackRequestSchema,
  8: published.ApplicationCommandAutocompleteCallbackRequestSchema,
  9: published.ModalInteractionCallbackRequestSchema,
};

const schemas = {
  followUp: published.IncomingWebhookRequestPartialSchema,
  webhookEdit: published.IncomingWebhookUpdateRequestPartialSchema,
  message: published.MessageCreateRequestSchema,
  messageEdit: published.MessageEditRequestPartialSchema,
  command: published.ApplicationCommandCreateRequestSchema,
  commandPatch: published.ApplicationCommandPatchRequestPartialSchema,
  commands: z.array(published.ApplicationCommandUpdateRequestSchema),
  directChannel: published.CreatePrivateChannelRequestSchema,
} satisfies Record<string, $ZodType>;

/** Request bodies whose shape Discord publishes. */
export type BodyKind = keyof typeof schemas | 'callback';

/** Checks a body against the schema that Discord publishes for it; throws `Invalid Form Body`. */
export function checkBody(kind: BodyKind, body: unknown): void {
  const schema = kind === 'callback' ? callbacks[typeOf(body)] : schemas[kind];
  if (schema === undefined) {
    throw invalidForm([
      { path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of (4, 5, 6, 7, 8, 9).' },
    ]);
  }
  const result = safeParse(strictSchema(schema), asPublished(body));
  if (result.error !== undefined) throw invalidForm(result.error.issues.flatMap((issue) => described(issue, body)));
}

const SWITCHES_SENT_EVERYWHERE = ['tts', 'enforce_nonce'];

function typeOf(body: unknown): number {
  return typeof body === 'object' && body !== null && 'type' in body ? Number(body.type) : Number.NaN;
}

/**
 * A copy of a body in which stands what the schemas want where Discord, by its documentation, takes more:
 * `default_member_permissions` as text (the schema says number), an attachment's `id` as number (text), and switches set
 * to false in routes that have no such switch, which discord.js always sends.
 */
function asPublished(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPublished);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(inner === false && SWITCHES_SENT_EVERYWHERE.includes(key)))
      .map(([key, inner]) => {
        if (key === 'default_member_permissions' && typeof inner === 'string' && /^\d+$/.test(inner))
          return [key, Number(inner)];
        if (key === 'attachments' && Array.isArray(inner))
          return [key, inner.map((one: object) => ({ ...one, id: idOf(one) }))];
        return [key, asPublished(inner)];
      }),
  );
}

function idOf(attachment: object): unknown {
  const id = 'id' in attachment ? attachment.id : undefined;
  return typeof id === 'number' ? String(id) : id;
}

/** A fault in Discord's words, as far as they are known. */
function described(issue: $ZodIssue, body: unknown): FormIssue[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const one = (code: string, message: string): FormIssue[] => [{ path, code, message }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'UNKNOWN_FIELD',
        message: 'This field is not known.',
      }));
    case 'too_big':
      return issue.origin === 'number'
        ? one('NUMBER_TYPE_MAX', `Value should be less than or equal to ${issue.maximum}.`)
        : one('BASE_TYPE_BAD_LENGTH', `Must be ${issue.maximum} or fewer in length.`);
    case 'too_small':
      return issue.origin === 'number'
        ? one('NUMBER_TYPE_MIN', `Value should be greater than or equal to ${issue.minimum}.`)
        : one('BASE_TYPE_BAD_LENGTH', `Must be ${issue.minimum} or more in length.`);
    case 'invalid_value':
      return one('BASE_TYPE_CHOICES', `Value must be one of (${issue.values.map(String).join(', ')}).`);
    case 'invalid_format':
      return one('STRING_TYPE_REGEX', `The value does not have the format ${issue.format}.`);
    case 'invalid_union': {
      const closest = closestAlternative(issue.errors);
      if (closest === null) return one('UNION_TYPE_CHOICES', 'Value of field "type" is not one of those allowed here.');
      return closest.flatMap((inner) => described({ ...inner, path: [...path, ...inner.path] }, body));
    }
    default:
      return valueAt(body, path) === undefined
        ? one('BASE_TYPE_REQUIRED', 'This field is required')
        : one('BASE_TYPE_BAD_TYPE', issue.message);
  }
}

/** Of several shapes, none of which fits, the one with the fewest faults inside; what is wrong as a whole was not meant. */
function closestAlternative(alternatives: readonly $ZodIssue[][]): $ZodIssue[] | null {
  const meant = alternatives.filter((issues) => issues.every(({ path }) => path.length > 0));
  return meant.toSorted((one, other) => one.length - other.length)[0] ?? null;
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined,
    body,
  );
}
