import type { AccountReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import type { LinkKind, OperationState, Verb } from '../domain/operation.ts';
import { actorWords, deedWords, numberWords, stateWords } from '../locales/en/operations.ts';
import { linkWords } from '../locales/en/settlement.ts';
import { join, moment, type Text, text, untrusted } from '../locales/text.ts';

/** An operation as views tell of it. */
export interface OperationFacts {
  readonly number: number;
  readonly verb: Verb;
  readonly state: OperationState;
  readonly actorId: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly correctedReason: string | null;
  readonly delta: Money | null;
  readonly target: AccountReference | null;
  /** What it is to another operation. */
  readonly link: { readonly number: number; readonly kind: LinkKind } | null;
}

/** `+50 · Power cut · @Mira · 2 days ago · #1043`, with how it stands where it is not simply done. */
export function operationLine(operation: OperationFacts, reasonLimit = 60): Text {
  const deed = deedWords(operation.verb, operation.delta);
  const state = stateWords[operation.state];
  return join([
    operation.state === 'failed' ? text`~~${deed}~~` : text`**${deed}**`,
    state === null ? null : text`*${state}*`,
    linkedOr(operation, reasonWords(operation, reasonLimit)),
    actorWords(operation.actorId),
    moment(operation.at),
    numberWords(operation.number),
  ]);
}

/** What it takes back, ends or corrects, which says why it was done; else the reason. */
export function linkedOr({ link }: Pick<OperationFacts, 'link'>, reason: Text | null): Text | null {
  return link === null ? reason : linkWords[link.kind](link.number);
}

/** Why it was done: `~~Power cut~~ Event prize` where that was corrected; null where nothing was said. */
export function reasonWords(
  { reason, correctedReason }: Pick<OperationFacts, 'reason' | 'correctedReason'>,
  limit = 60,
): Text | null {
  const first = reason === null || reason === '' ? null : untrusted(reason, limit);
  if (correctedReason === null) return first;
  return join([first === null ? null : text`~~${first}~~`, untrusted(correctedReason, limit)], ' ');
}
