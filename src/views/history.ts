import { formatReference } from '../domain/account.ts';
import { pageWords } from '../locales/en/pages.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import { type OperationFacts, operationLine } from './operation-line.ts';
import { fitRows, heading, type Neighbours, pageButtons, paragraph, subtext } from './parts.ts';
import type { View } from './view.ts';

/** One page of what was done to an account, newest first. */
export function historyView(
  page: { readonly account: NamedAccount; readonly items: readonly OperationFacts[] } & Neighbours,
  command: 'user history' | 'account history',
): View<'private'> {
  const { account, items } = page;
  const options = { account: formatReference(account) };
  return {
    visibility: 'private',
    tone: items.some(({ state }) => state === 'unknown') ? 'info' : 'neutral',
    blocks: [
      paragraph(heading(pageWords.history(titleOf(account)))),
      paragraph(items.length === 0 ? subtext(pageWords.historyEmpty) : fitRows(items, operationLine)),
      ...pageButtons(page, command, options),
    ],
  };
}
