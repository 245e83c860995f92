import type { AccountReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import { auditedWords, isMovement, outcomeLabels } from '../locales/en/audit.ts';
import { actorWords, deltaWords, numberWords } from '../locales/en/operations.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { fitRows, heading, type Neighbours, pageButtons, paragraph, subtext } from './parts.ts';
import type { OptionValues, View } from './view.ts';

export interface AuditRow {
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly outcome: keyof typeof outcomeLabels;
  readonly target: AccountReference | null;
  readonly username: string | null;
  readonly memberId: string | null;
  readonly operation: number | null;
  /** By how much its operation moves the balance, for those who may know. */
  readonly delta: Money | null;
}

/** One page of the audit log, newest first. `options` are the filters, which the page buttons carry on. */
export function auditView(
  page: { readonly items: readonly AuditRow[] } & Neighbours,
  options: OptionValues,
): View<'private'> {
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.audit)),
      paragraph(page.items.length === 0 ? subtext(pageWords.auditEmpty) : fitRows(page.items, auditLine)),
      ...pageButtons(page, 'audit search', options),
    ],
  };
}

function auditLine(
  { at, actorId, action, outcome, username, memberId, operation, delta }: AuditRow,
  limit: number,
): Text {
  return join([
    text`**${isMovement(action) && delta !== null ? deltaWords(delta) : auditedWords(action)}**`,
    outcome === 'succeeded' ? null : text`*${untrusted(outcomeLabels[outcome])}*`,
    whom(username, memberId, limit),
    text`by ${actorWords(actorId)}`,
    moment(at),
    operation === null ? null : numberWords(operation),
  ]);
}

/** Members by mention, because their names are known; other accounts by username. */
function whom(username: string | null, memberId: string | null, limit: number): Text | null {
  if (memberId !== null) return mention(memberId);
  return username === null ? null : untrusted(username, limit);
}
