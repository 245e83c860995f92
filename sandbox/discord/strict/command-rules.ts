import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';

type CommandBody = RESTPostAPIApplicationCommandsJSONBody;

/** What Discord demands of application commands beyond their schema. */
export interface CommandRules {
  create(body: CommandBody, registered: readonly APIApplicationCommand[]): void;
  patch(command: APIApplicationCommand, body: Partial<CommandBody>): void;
  replaceAll(bodies: readonly CommandBody[]): void;
}

export const noCommandRules: CommandRules = { create: () => {}, patch: () => {}, replaceAll: () => {} };

export const strictCommandRules = noCommandRules;
