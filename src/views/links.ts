import { type AccountReference, formatReference } from '../domain/account.ts';
import { proofWords } from '../locales/en/card.ts';
import { actorWords } from '../locales/en/operations.ts';
import { pageWords } from '../locales/en/pages.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import type { LinkFacts } from './account-card.ts';
import { button, buttonRows, fitRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

export interface LinkRow extends LinkFacts {
  readonly target: AccountReference;
  readonly username: string | null;
  /** Who set it. */
  readonly by: string;
}

/** The links that were found, with a button to each card. */
export function linksView(rows: readonly LinkRow[]): View<'private'> {
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(lines([heading(pageWords.links), rows.length === 0 ? pageWords.linksEmpty : fitRows(rows, linkLine)])),
      ...buttonRows(
        rows
          .slice(0, 5)
          .map(({ target }) => button(cardLabel(target, rows), run('user view', { account: formatReference(target) }))),
      ),
    ],
  };
}

/** An answer to a link that was set. */
export function linkedView(link: {
  readonly target: AccountReference;
  readonly username: string;
  readonly userId: string;
}): View<'masked'> {
  return {
    visibility: 'masked',
    tone: 'good',
    blocks: [
      paragraph(
        lines([
          pageWords.linked(mention(link.userId), untrusted(link.username, 60)),
          subtext(pageWords.linkedUnproven),
        ]),
      ),
      ...buttonRows([button('Open card', run('user view', { account: formatReference(link.target) }))]),
    ],
    audience: 'accounts.view',
  };
}

export function linkRemovedView(link: {
  readonly target: AccountReference;
  readonly username: string;
}): View<'masked'> {
  return {
    visibility: 'masked',
    tone: 'neutral',
    blocks: [
      paragraph(pageWords.unlinked(untrusted(link.username, 60))),
      ...buttonRows([button('Open card', run('user view', { account: formatReference(link.target) }))]),
    ],
    audience: 'accounts.view',
  };
}

function linkLine({ target, username, userId, proof, by, at }: LinkRow, limit: number): Text {
  return join([
    text`${mention(userId)} is **${untrusted(username ?? target.accountId, limit)}**`,
    proofWords[proof],
    by === userId ? null : text`by ${actorWords(by)}`,
    moment(at),
  ]);
}

function cardLabel({ panel }: AccountReference, rows: readonly LinkRow[]): string {
  return rows.length === 1 ? 'Open card' : `Open card in ${panel}`;
}
