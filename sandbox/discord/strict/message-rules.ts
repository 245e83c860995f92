import type { APIMessage } from 'discord-api-types/v10';
import type { UploadedFile } from '../attachments.ts';
import type { Interaction } from '../interactions.ts';
import type { MessageBody } from '../message-builder.ts';
import type { CallbackBody } from '../responses.ts';

/** What Discord demands of a message beyond its schema. */
export interface MessageRules {
  create(body: MessageBody, files: readonly UploadedFile[]): void;
  edit(message: APIMessage, body: MessageBody, files: readonly UploadedFile[]): void;
  callback(interaction: Interaction, body: CallbackBody, files: readonly UploadedFile[]): void;
}

/** Nothing is demanded: for load, where the partner must cost as little as it can. */
export const noMessageRules: MessageRules = { create: () => {}, edit: () => {}, callback: () => {} };

export const strictMessageRules = noMessageRules;
