import { formatReference } from '../domain/account.ts';
import { deletionWords } from '../locales/en/deletion.ts';
import { type Text, text, untrusted } from '../locales/text.ts';
import { type Card, titleOf } from './account-card.ts';
import { button, buttonRows, fitTexts, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** How much of each sentence is shown: all of it, if all of them fit. */
const EFFECT_LIMITS = [300, 150, 60];

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
      paragraph(lines([heading(deletionWords.title(titleOf(account))), ...consequences(preview.effects)])),
      paragraph(preview.soft && abilities.has('restoration') ? deletionWords.restorable : deletionWords.final),
      paragraph(subtext(deletionWords.next)),
      ...buttonRows([
        button(deletionWords.button, { ...run('user delete-confirmed', options, 'form'), once: 'delete' }, 'danger'),
      ]),
    ],
  };
}

/** What the panel says goes with it, as far as there is room. */
function consequences(effects: readonly string[]): readonly Text[] {
  if (effects.length === 0) return [deletionWords.nothing];
  const sentences = fitTexts(
    effects.slice(0, 10),
    (effect, limit) => text`- ${untrusted(effect, limit)}`,
    EFFECT_LIMITS,
  );
  return [deletionWords.intro, ...sentences];
}
