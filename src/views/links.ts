import { type AccountReference, formatReference } from '../domain/account.ts';
import type { Refusal } from '../domain/refusal.ts';
import { proofWords } from '../locales/en/card.ts';
import { actorWords } from '../locales/en/operations.ts';
import { pageWords } from '../locales/en/pages.ts';
import { reasonOfRefusal } from '../locales/en/refusals.ts';
import { join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import type { LinkFacts } from './account-card.ts';
import { button, buttonRows, fitRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

export interface LinkRow extends LinkFacts {
  readonly target: AccountReference;
  readonly username: string | null;
  /** What people call its panel, where several are connected; else null. */
  readonly panelLabel: string | null;
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
          .map(({ target, panelLabel }) =>
            button(cardLabel(panelLabel, rows), run('user view', { account: formatReference(target) })),
          ),
      ),
    ],
  };
}

/** A link that was set or removed. */
export interface NamedLinkFacts {
  readonly target: AccountReference;
  readonly username: string;
  /** What people call its panel, where several are connected; else null. */
  readonly panelLabel: string | null;
  /** What became of writing it down at the panel; null where there was nothing to write. */
  readonly kept: { readonly kind: 'kept' | 'unknown'; readonly number: number } | { readonly refusal: Refusal } | null;
}

/** An answer to a link that was set. */
export function linkedView(link: NamedLinkFacts & { readonly userId: string }): View<'masked'> {
  return {
    visibility: 'masked',
    tone: 'good',
    blocks: [
      paragraph(
        lines([
          pageWords.linked(mention(link.userId), accountWords(link, 60)),
          subtext(pageWords.linkedUnproven),
          keptLine(link.kept, pageWords.keptAtPanel),
        ]),
      ),
      ...buttonRows([button(pageWords.openCard, run('user view', { account: formatReference(link.target) }))]),
    ],
    audience: 'accounts.view',
  };
}

export function linkRemovedView(link: NamedLinkFacts): View<'masked'> {
  return {
    visibility: 'masked',
    tone: 'neutral',
    blocks: [
      paragraph(lines([pageWords.unlinked(accountWords(link, 60)), keptLine(link.kept, pageWords.clearedAtPanel)])),
      ...buttonRows([button(pageWords.openCard, run('user view', { account: formatReference(link.target) }))]),
    ],
    audience: 'accounts.view',
  };
}

function keptLine(kept: NamedLinkFacts['kept'], done: (number: number) => Text): Text | null {
  if (kept === null) return null;
  if ('refusal' in kept) return subtext(pageWords.notKept(reasonOfRefusal(kept.refusal)));
  return subtext(kept.kind === 'kept' ? done(kept.number) : pageWords.keptUnknown(kept.number));
}

type NamedLink = Pick<LinkRow, 'target' | 'username' | 'panelLabel'>;

function accountWords({ target, username, panelLabel }: NamedLink, limit: number): Text {
  return pageWords.linkedAccount(untrusted(username ?? target.accountId, limit), panelLabel);
}

function linkLine(link: LinkRow, limit: number): Text {
  const { userId, proof, by, at } = link;
  return join([
    text`${mention(userId)} is ${accountWords(link, limit)}`,
    proofWords[proof],
    by === userId ? null : text`by ${actorWords(by)}`,
    moment(at),
  ]);
}

function cardLabel(panelLabel: string | null, rows: readonly LinkRow[]): string {
  return rows.length === 1 || panelLabel === null ? pageWords.openCard : pageWords.openCardIn(panelLabel);
}
