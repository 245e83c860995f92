import { RESTJSONErrorCodes } from 'discord-api-types/v10';

/** One fault of a request body: where it is, Discord's name for it, and its sentence. */
export interface FormIssue {
  path: readonly (string | number)[];
  code: string;
  message: string;
}

/**
 * Refusals with the HTTP status, code and words that Discord answers with
 * (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json).
 */
const REFUSALS = {
  unauthorized: [401, RESTJSONErrorCodes.GeneralError, '401: Unauthorized'],
  notFound: [404, RESTJSONErrorCodes.GeneralError, '404: Not Found'],
  methodNotAllowed: [405, RESTJSONErrorCodes.GeneralError, '405: Method Not Allowed'],
  unknownChannel: [404, RESTJSONErrorCodes.UnknownChannel, 'Unknown Channel'],
  unknownGuild: [404, RESTJSONErrorCodes.UnknownGuild, 'Unknown Guild'],
  unknownMember: [404, RESTJSONErrorCodes.UnknownMember, 'Unknown Member'],
  unknownMessage: [404, RESTJSONErrorCodes.UnknownMessage, 'Unknown Message'],
  unknownRole: [404, RESTJSONErrorCodes.UnknownRole, 'Unknown Role'],
  unknownUser: [404, RESTJSONErrorCodes.UnknownUser, 'Unknown User'],
  unknownApplication: [404, RESTJSONErrorCodes.UnknownApplication, 'Unknown Application'],
  unknownWebhook: [404, RESTJSONErrorCodes.UnknownWebhook, 'Unknown Webhook'],
  unknownInteraction: [404, RESTJSONErrorCodes.UnknownInteraction, 'Unknown interaction'],
  unknownCommand: [404, RESTJSONErrorCodes.UnknownApplicationCommand, 'Unknown application command'],
  alreadyAcknowledged: [
    400,
    RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
    'Interaction has already been acknowledged.',
  ],
  missingAccess: [403, RESTJSONErrorCodes.MissingAccess, 'Missing Access'],
  missingPermissions: [403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions'],
  notTheAuthor: [
    403,
    RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
    'Cannot edit a message authored by another user',
  ],
  emptyMessage: [400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message'],
  closedDm: [403, RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'Cannot send messages to this user'],
  invalidWebhookToken: [401, RESTJSONErrorCodes.InvalidWebhookToken, 'Invalid Webhook Token'],
  tooManyCommands: [
    400,
    RESTJSONErrorCodes.MaximumNumberOfApplicationCommandsReached,
    'Maximum number of application commands reached (100).',
  ],
  malformedBody: [400, RESTJSONErrorCodes.RequestBodyContainsInvalidJSON, 'The request body contains invalid JSON.'],
  tooLarge: [413, RESTJSONErrorCodes.RequestEntityTooLarge, 'Request entity too large'],
} as const satisfies Record<string, readonly [number, number, string]>;

/** An answer of the local Discord that is no success. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly issues: readonly FormIssue[];

  constructor(status: number, code: number, message: string, issues: readonly FormIssue[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }

  /** The body as Discord writes it; faults of a form are nested by their path, each list under `_errors`. */
  toJSON(): { message: string; code: number; errors?: ErrorTree } {
    const body = { message: this.message, code: this.code };
    return this.issues.length === 0 ? body : { ...body, errors: treeOf(this.issues) };
  }
}

export function refusal(name: keyof typeof REFUSALS): DiscordError {
  const [status, code, message] = REFUSALS[name];
  return new DiscordError(status, code, message);
}

export function invalidForm(issues: readonly FormIssue[]): DiscordError {
  return new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', issues);
}

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

function treeOf(issues: readonly FormIssue[]): ErrorTree {
  const root: ErrorTree = {};
  for (const { path, code, message } of issues) {
    let node = root;
    for (const part of path) {
      const child = node[String(part)];
      const next: ErrorTree = child === undefined || Array.isArray(child) ? {} : child;
      node[String(part)] = next;
      node = next;
    }
    const errors = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...errors, { code, message }];
  }
  return root;
}
