import { formatReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import { actorWords, deltaWords, numberWords } from '../locales/en/operations.ts';
import { pageWords } from '../locales/en/pages.ts';
import { amount, join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
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
  readonly account: NamedAccount;
  readonly balance: Money;
  /** Given through Steward in the last 24 hours. */
  readonly grantedToday: Money;
  readonly last: readonly LedgerLine[];
}

export type LedgerCommand = 'credits history' | 'account credits';

/** The balance, what was given lately, and the last movements. `command` is what *Whole ledger* runs. */
export function creditsView(
  { account, balance, grantedToday, last }: CreditsFacts,
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
          pageWords.balanceNow(shown),
          grantedToday.minor === 0n ? null : subtext(pageWords.givenToday(deltaWords(grantedToday))),
        ]),
      ),
      paragraph(last.length === 0 ? subtext(pageWords.ledgerEmpty) : fitRows(last, ledgerLine)),
      ...(last.length === 0
        ? []
        : buttonRows([button('Whole ledger', run(command, { account: formatReference(account), cursor: '' }))])),
    ],
  };
}

/** One page of the movements, newest first. */
export function ledgerView(
  page: { readonly account: NamedAccount; readonly items: readonly LedgerLine[] } & Neighbours,
  command: LedgerCommand,
): View<'private'> {
  const { account, items } = page;
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(heading(pageWords.ledger(titleOf(account)))),
      paragraph(items.length === 0 ? subtext(pageWords.ledgerEmpty) : fitRows(items, ledgerLine)),
      ...pageButtons(page, command, { account: formatReference(account) }),
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
