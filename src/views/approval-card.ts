import { formatReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import { approvalLabels, approvalWords, becauseWords, roleWords } from '../locales/en/approvals.ts';
import { actorWords, meantTitle, numberWords } from '../locales/en/operations.ts';
import { outcomeWords } from '../locales/en/outcome.ts';
import { amount, join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { reasonWords } from './operation-line.ts';
import { button, buttonRows, facts, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import { particulars } from './record-words.ts';
import type { Button, View } from './view.ts';

/** What a card lays before people. */
export interface CardFacts {
  readonly record: RecordFacts;
  /** The account's balance as it was last seen; null where none is kept. */
  readonly balance: Money | null;
  /** The role that is mentioned; null: nobody is. */
  readonly alertRoleId: string | null;
}

/** Who asks, for what, and why it is not theirs alone to do; with the buttons that decide. Nothing personal. */
export function approvalCard({ record, balance, alertRoleId }: CardFacts): View<'masked'> {
  const { operation, waiting, panel } = record;
  const until = waiting?.until ?? null;
  return {
    visibility: 'masked',
    tone: 'warning',
    audience: 'accounts.view',
    blocks: [
      paragraph(lines([join([approvalWords.waits, numberWords(operation.number)]), heading(titleOfDeed(record))])),
      paragraph(
        facts([
          ...askedFacts(record),
          waiting?.because ? [approvalLabels.because, becauseWords(waiting.because)] : null,
          balance === null ? null : [approvalLabels.balance, balanceWords(balance, operation.delta)],
          [approvalLabels.decisions, decidedWords(record)],
        ]),
      ),
      paragraph(
        lines([
          subtext(join([until && approvalWords.declinedItself(until), untrusted(panel.label, 40)])),
          alertRoleId === null ? null : approvalWords.mentioned(alertRoleId),
        ]),
      ),
      ...buttonRows([
        button(approvalWords.approve, run('operations approve', { operation: operation.number }, 'update'), 'success'),
        button(approvalWords.decline, run('operations decline', { operation: operation.number }, 'form'), 'danger'),
        ...cardButtons(record),
      ]),
    ],
  };
}

/** `+500 · alexm · @Alex` */
export function titleOfDeed(record: RecordFacts): Text {
  const { operation, username, role } = record;
  const { verb, delta, memberId } = operation;
  return join([
    role === null ? meantTitle(verb, delta) : roleWords[role.change](role.name),
    particulars(record),
    username === null ? null : untrusted(username, 40),
    memberId === null ? null : mention(memberId),
  ]);
}

/** The first rows of a card: who asked, and why. */
export function askedFacts({ operation }: RecordFacts): readonly (readonly [string, Text] | null)[] {
  const reason = reasonWords(operation, 200);
  return [
    [approvalLabels.asked, join([actorWords(operation.actorId), moment(operation.at)])],
    reason === null ? null : [approvalLabels.reason, reason],
  ];
}

/** Leads to the account, where there is one yet. */
export function cardButtons({ operation: { target } }: RecordFacts): readonly Button[] {
  return target === null ? [] : [button(outcomeWords.openCard, run('user view', { account: formatReference(target) }))];
}

function balanceWords(balance: Money, delta: Money | null): Text {
  const now = text`**${amount(balance)}**`;
  if (delta === null) return now;
  return approvalWords.balance(now, amount({ minor: balance.minor + delta.minor, unit: delta.unit }));
}

function decidedWords({ decisions, waiting }: RecordFacts): Text {
  const approvers = decisions.filter(({ decision }) => decision === 'approved').map(({ userId }) => mention(userId));
  const needed = waiting?.needed ?? 1;
  if (approvers.length === 0) return approvalWords.nobodyYet(needed);
  return approvalWords.some(join(approvers, ', '), approvers.length, needed);
}
