import { type AccountReference, type AccountStatus, formatReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import { statusWords } from '../locales/en/card.ts';
import { pageWords } from '../locales/en/pages.ts';
import { amount, join, mention, plain, type Text, text, untrusted } from '../locales/text.ts';
import { fullName } from './account-card.ts';
import { fitRows, heading, lines, type Neighbours, pageButtons, paragraph, run } from './parts.ts';
import type { Block, Invocation, OptionValues, View } from './view.ts';

/** An account that may be meant; its status is null where it was not read yet. */
export type AccountChoice = AccountReference &
  Pick<AccountRow, 'username' | 'name' | 'panelLabel'> & { readonly status: AccountStatus | null };

/** An account as the directory last saw it. */
export interface AccountRow extends AccountReference {
  readonly username: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  /** Null also where it is not to be told. */
  readonly balance: Money | null;
  readonly linkedTo: string | null;
  /** What people call its panel; its id, where nobody said. */
  readonly panelLabel?: string;
}

/** One page of accounts, with a select to open one of them. `options` are the filters, which the page buttons carry on. */
export function listView(
  page: { readonly rows: readonly AccountRow[]; readonly total: number } & Neighbours,
  options: OptionValues,
): View<'private'> {
  const { rows, total } = page;
  if (rows.length === 0) return { visibility: 'private', tone: 'neutral', blocks: [paragraph(pageWords.listEmpty)] };
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(lines([heading(pageWords.list(total))])),
      paragraph(fitRows(rows, (row, limit) => rowLine(row, limit, { withPanel: areOfSeveral(rows) }))),
      accountSelect(rows, pageWords.openAccount, run('user view')),
      ...pageButtons(page, 'user list', options, { previous: 'Back', next: 'Next' }),
    ],
  };
}

/** Only then is it said of which panel each is. */
function areOfSeveral(rows: readonly Pick<AccountRow, 'panel'>[]): boolean {
  return new Set(rows.map(({ panel }) => panel)).size > 1;
}

/** A select of accounts that puts the picked one into the action's `account`. */
export function accountSelect(rows: readonly AccountChoice[], placeholder: string, action: Invocation): Block {
  const severalPanels = areOfSeveral(rows);
  const describe = ({ status, panel, panelLabel = panel }: AccountChoice) => {
    const words = status === null ? pageWords.notRead : statusWords[status];
    return severalPanels ? pageWords.candidateDescription(words, plain(panelLabel, 60)) : words;
  };
  return {
    kind: 'choice',
    select: {
      placeholder,
      choices: rows.slice(0, 25).map((row) => ({
        label: labelOf(row),
        value: formatReference(row),
        description: describe(row),
      })),
      action: { ...action, fill: 'account' },
    },
  };
}

function labelOf({ username, name, accountId }: { username: string; name: string | null; accountId: string }): string {
  const names = [plain(username, 40), name === null || name === username ? '' : plain(name, 50)];
  return names.filter((part) => part !== '').join(' · ') || plain(accountId, 64) || '–';
}

function rowLine(
  { username, name, status, balance, linkedTo, panel, panelLabel = panel }: AccountRow,
  limit: number,
  { withPanel }: { readonly withPanel: boolean },
): Text {
  return join([
    status === 'active' ? text`**${untrusted(username, limit)}**` : text`~~${untrusted(username, limit)}~~`,
    fullName({ username, name }, limit),
    status === 'active' ? null : text`*${statusWords[status]}*`,
    balance === null ? null : amount(balance),
    linkedTo === null ? null : mention(linkedTo),
    withPanel ? untrusted(panelLabel, Math.min(limit, 40)) : null,
  ]);
}
