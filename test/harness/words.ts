/** What people read, whole: for tests that care which sentence it is, and not how it is worded. */
import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { renderView } from '../../src/discord/render.ts';
import { type RefusalCode, type RefusalParameters, refuse } from '../../src/domain/refusal.ts';
import { refusalView } from '../../src/views/refusal.ts';
import { textOf } from '../discord/fixtures/text.ts';

/** The sentence with which something is refused. */
export function sentence<Code extends RefusalCode>(code: Code, parameters: RefusalParameters[Code]): string {
  const { body } = renderView(refusalView(refuse(code, parameters)), { key: null, strict: true });
  return textOf({ components: body.components } as unknown as APIMessage);
}

/** What a person read: the answer, or what came after it was taken back. `public: ` stands before what all of #general reads. */
export async function words(answer: Answer): Promise<string> {
  if (answer.kind === 'failed') throw new Error(answer.reason ?? 'there was no answer');
  if (answer.kind === 'form') return `form: ${answer.form?.form.title}`;
  const message = answer.message ?? (await answer.followUp(1));
  const isForAll = ((message.flags ?? 0) & MessageFlags.Ephemeral) === 0;
  if (isForAll && message.channel_id === CHANNEL_IDS.general) return `public: ${textOf(message)}`;
  return textOf(message);
}
