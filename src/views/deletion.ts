import { formatReference } from '../domain/account.ts';
import { deletionWords } from '../locales/en/deletion.ts';
import { type Text, text, untrusted } from '../locales/text.ts';
import { type Card, titleOf } from './account-card.ts';
import { button, buttonRows, fitTexts, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** How much of each sentence is shown: all of it, if all of them fit. */
const EFFECT_LIMITS = [300, 150, 60];

/** What goes with an account, before anything is done. */
export interface DeletionPreview {
  readonly card: Card;
  readonly effects: readonly string[];
  /** The panel keeps what it deletes. */
  readonly soft: boolean;
  /** How many hours lie between the decision and the deletion; 0: none. */
  readonly graceHours: number;
  /** The account can be suspended until then. */
  readonly suspends: boolean;
}

const HOUR_MS = 3_600_000;

/** The preview; its button opens the form in which the username is typed. */
export function deletionView(preview: DeletionPreview, reason: string): View<'private'> {
  const { account, panel } = preview.card;
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }), reason };
  return {
    visibility: 'private',
    tone: 'bad',
    blocks: [
      paragraph(lines([heading(deletionWords.title(titleOf(account), panel.label)), ...consequences(preview.effects)])),
      paragraph(wayBack(preview)),
      paragraph(subtext(deletionWords.next)),
      ...buttonRows([
        button(deletionWords.button, { ...run('user delete-confirmed', options, 'form'), once: 'delete' }, 'danger'),
      ]),
    ],
  };
}

/** When it is deleted, and how it can be brought back before and after. */
function wayBack({ card: { abilities, seenAt }, soft, graceHours, suspends }: DeletionPreview): Text {
  const restorable = soft && abilities.has('restoration');
  if (graceHours === 0) return restorable ? deletionWords.restorable : deletionWords.final;
  const at = new Date(seenAt.getTime() + graceHours * HOUR_MS);
  return lines([
    suspends ? deletionWords.suspended(graceHours, at) : deletionWords.stays(graceHours, at),
    restorable ? deletionWords.restorableThen : deletionWords.finalThen,
  ]);
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
