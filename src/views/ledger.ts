import { type Account, formatReference } from '../domain/account.ts';
import { formatAmount, type Money } from '../domain/money.ts';
import { actorWords, deltaWords, numberWords } from '../locales/en/operations.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { titleOf } from './account-card.ts';
import type { OperationFacts } from './operation-line.ts';
import {
  button,
  buttonRows,
  fitRows,
  heading,
  lines,
  type Neighbours,
  pageButtons,
  paragraph,
  run,
  subtext,
} from './parts.ts';
import type { View } from './view.ts';

/** One movement of a balance: by an operation of ours, or seen to have happened outside. */
export interface LedgerLine {
  readonly kind: 'ours' | 'outside';
  readonly delta: Money;
  readonly balance: Money;
  readonly at: Date;
  readonly operation: OperationFacts | null;
}

export interface CreditsFacts {
  readonly account: Account;
  readonly balance: Money;
  readonly seenAt: Date;
  /** Given through Steward in the last 24 hours. */
  readonly today: Money;
  readonly last: readonly LedgerLine[];
}

/** The balance, what was given lately, and the last movements. `command` is what *Whole ledger* runs. */
export function creditsView(
  { account, balance, seenAt, today, last }: CreditsFacts,
  command: LedgerCommand,
): View<'private'> {
  const shown = text`${amount(balance)} ${untrusted(balance.unit.code, 20)}`;
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(
        lines([
          heading(pageWords.credits(titleOf(account))),
          pageWords.balanceNow(shown, seenAt),
          today.minor === 0n ? null : subtext(pageWords.givenToday(deltaWords(today))),
        ]),
      ),
      paragraph(last.length === 0 ? subtext(pageWords.ledgerEmpty) : fitRows(last, ledgerLine)),
      ...(last.length === 0
        ? []
        : buttonRows([button('Whole ledger', run(command, { account: referenceOf(account) }))])),
    ],
  };
}

export type LedgerCommand = 'credits history' | 'account credits';

/** One page of the movements, newest first. */
export function ledgerView(
  page: { readonly account: Account; readonly entries: readonly LedgerLine[] } & Neighbours,
  command: 'credits history' | 'account credits',
): View<'private'> {
  const { account, entries } = page;
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.ledger(titleOf(account)))),
      paragraph(entries.length === 0 ? subtext(pageWords.ledgerEmpty) : fitRows(entries, ledgerLine)),
      ...pageButtons(page, command, { account: referenceOf(account) }),
    ],
  };
}

function ledgerLine({ kind, delta, balance, at, operation }: LedgerLine, limit: number): Text {
  return join([
    text`**${deltaWords(delta)}** → ${amount(balance)}`,
    kind === 'outside' ? text`*${pageWords.outside}*` : null,
    operation?.reason ? untrusted(operation.reason, limit) : null,
    operation ? actorWords(operation.actorId) : null,
    moment(at),
    operation ? numberWords(operation.number) : null,
  ]);
}

function amount(value: Money): Text {
  return untrusted(formatAmount(value), 40);
}

function referenceOf({ panel, id }: Account): string {
  return formatReference({ panel, accountId: id });
}
