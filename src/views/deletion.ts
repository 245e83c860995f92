import { formatReference } from '../domain/account.ts';
import { deletionWords } from '../locales/en/deletion.ts';
import { amount, type Text, text, untrusted } from '../locales/text.ts';
import { type Card, titleOf } from './account-card.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** What goes with an account, before anything is done. Its button opens the form in which the username is typed. */
export function deletionView(
  preview: { readonly card: Card; readonly effects: readonly string[]; readonly soft: boolean },
  reason: string,
): View<'private'> {
  const { account, abilities } = preview.card;
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }), reason };
  return {
    visibility: 'private',
    tone: 'bad',
    blocks: [
      paragraph(lines([heading(deletionWords.title(titleOf(account))), ...consequences(preview)])),
      paragraph(preview.soft && abilities.has('restoration') ? deletionWords.restorable : deletionWords.final),
      paragraph(subtext(deletionWords.next)),
      ...buttonRows([
        button(deletionWords.button, { ...run('user delete-confirmed', options, 'form'), once: 'delete' }, 'danger'),
      ]),
    ],
  };
}

function consequences({
  card,
  effects,
}: {
  readonly card: Card;
  readonly effects: readonly string[];
}): readonly Text[] {
  const { balance } = card.account;
  const sentences = [
    ...effects.slice(0, 8).map((effect) => untrusted(effect, 60)),
    ...(balance === null || balance.minor === 0n ? [] : [deletionWords.balance(amount(balance))]),
  ];
  if (sentences.length === 0) return [deletionWords.nothing];
  return [deletionWords.intro, ...sentences.map((sentence) => text`- ${sentence}`)];
}
