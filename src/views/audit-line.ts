import { formatAmount, type Money } from '../domain/money.ts';
import { actorWords, deedWords, numberWords, stateWords } from '../locales/en/operations.ts';
import { join, mention, type Text, text, untrusted } from '../locales/text.ts';
import type { OperationFacts } from './operation-line.ts';
import { paragraph } from './parts.ts';
import type { Tone, View } from './view.ts';

export interface AuditLineFacts {
  readonly operation: OperationFacts & { readonly memberId: string | null };
  /** Username of the account concerned, where it is known. */
  readonly username: string | null;
  readonly move: { readonly before: Money; readonly after: Money } | null;
}

const TONES = {
  succeeded: 'neutral',
  failed: 'bad',
  unknown: 'info',
  pending: 'info',
  awaiting_approval: 'info',
} as const satisfies Readonly<Record<OperationFacts['state'], Tone>>;

/** One line for the audit channel: who did what to whom, and how it ended. Nothing personal. */
export function auditLine(facts: AuditLineFacts): View<'masked'> {
  return { visibility: 'masked', tone: TONES[facts.operation.state], blocks: [paragraph(auditLineText(facts))] };
}

export function auditLineText({ operation, username, move }: AuditLineFacts): Text {
  const { actorId, verb, delta, reason, number, state, memberId } = operation;
  return join([
    numberWords(number),
    actorWords(actorId),
    text`**${deedWords(verb, delta)}**`,
    stateWords[state],
    text`${untrusted(username ?? '–', 60)}${memberId === null ? text`` : text` (${mention(memberId)})`}`,
    move === null
      ? null
      : text`${untrusted(formatAmount(move.before), 40)} → ${untrusted(formatAmount(move.after), 40)}`,
    reason === null || reason === '' ? null : untrusted(reason, 300),
  ]);
}
