import { type Account, formatReference } from '../domain/account.ts';
import { pageWords } from '../locales/en/pages.ts';
import { titleOf } from './account-card.ts';
import { type OperationFacts, operationLine } from './operation-line.ts';
import { fitRows, heading, type Neighbours, pageButtons, paragraph, subtext } from './parts.ts';
import type { View } from './view.ts';

/** One page of what was done to an account, newest first. */
export function historyView(
  page: { readonly account: Account; readonly operations: readonly OperationFacts[] } & Neighbours,
  command: 'user history' | 'account history',
): View<'private'> {
  const { account, operations } = page;
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }) };
  return {
    visibility: 'private',
    tone: operations.some(({ state }) => state === 'unknown') ? 'info' : 'neutral',
    blocks: [
      paragraph(heading(pageWords.history(titleOf(account)))),
      paragraph(operations.length === 0 ? subtext(pageWords.historyEmpty) : fitRows(operations, operationLine)),
      ...pageButtons(page, command, options),
    ],
  };
}
