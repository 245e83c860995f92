import { type AccountReference, formatReference } from '../domain/account.ts';
import { doneWords, numberWords } from '../locales/en/operations.ts';
import { passwordWords } from '../locales/en/password.ts';
import { join, text, untrusted } from '../locales/text.ts';
import { type DoneFacts, outcomeView } from './outcome.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import { showMine } from './password-button.ts';
import type { Button, View } from './view.ts';

type Way = Parameters<typeof passwordWords.way>[0];

/** That an account has a new password, and by which way it comes to whom. It holds no password. */
export function passwordOutcome(done: DoneFacts, way: Way): View<'masked'> {
  const { operation, account } = done;
  const reason = operation.reason ? untrusted(operation.reason, 300) : null;
  const view = outcomeView(done, join([text`**${doneWords[operation.verb]}**`, reason, numberWords(operation.number)]));
  const reference = { panel: account.panel, accountId: account.id };
  const blocks = view.blocks.toSpliced(1, 0, paragraph(subtext(passwordWords.way(way, operation.memberId))));
  return { ...view, blocks: [...blocks, ...buttonRows(buttonsFor(way, operation.number, reference))] };
}

function buttonsFor(way: Way, operation: number, account: AccountReference): readonly Button[] {
  switch (way) {
    case 'own':
      return [showMine(operation)];
    case 'shown': {
      const options = { account: formatReference(account), operation };
      return [button(passwordWords.showOnce, run('user show-password', options), 'primary')];
    }
    case 'direct':
    case 'closed':
      return [];
  }
}

/** The password itself, for one reader, once. */
export function passwordView(
  shown: { readonly account: { readonly username: string }; readonly panelLabel: string; readonly password: string },
  reader: 'member' | 'staff',
): View<'private'> {
  return {
    visibility: 'private',
    tone: 'info',
    secret: true,
    blocks: [
      paragraph(heading(passwordWords.title(shown.account.username, shown.panelLabel))),
      paragraph(passwordWords.block(shown.password)),
      paragraph(lines([subtext(passwordWords.once), reader === 'member' ? subtext(passwordWords.own) : null])),
    ],
  };
}
