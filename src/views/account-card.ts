import type { Account, AccountReference } from '../domain/account.ts';
import { isBlank } from '../domain/blank.ts';
import { FACETS } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import type { PanelFailure } from '../domain/refusal.ts';
import { cardWords, factLabels, proofWords, statusWords } from '../locales/en/card.ts';
import { deedWords } from '../locales/en/operations.ts';
import { panelFailureWords } from '../locales/en/refusals.ts';
import { serverWords } from '../locales/en/servers.ts';
import { amount, join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { detailFacts } from './account-details.ts';
import { actionBlocks } from './actions.ts';
import { type MaskedAccount, maskAccount } from './masked-account.ts';
import { type OperationFacts, operationLine, reasonWords } from './operation-line.ts';
import { button, buttonRows, facts, heading, line, lines, paragraph, run, subtext } from './parts.ts';
import { showMineRow } from './password-button.ts';
import type { Block, Tone, View } from './view.ts';

export interface LinkFacts {
  readonly userId: string;
  readonly proof: keyof typeof proofWords;
  readonly at: Date;
}

type TimedOperation = OperationFacts & { readonly dueAt: Date | null };

/** What stands on a card besides the account itself. */
export interface CardContext {
  readonly panel: { readonly id: string; readonly label: string };
  readonly seenAt: Date;
  /** Why the panel could not be asked, where it could not: everything of the panel's is as it was at `seenAt`. */
  readonly unread: PanelFailure | null;
  /** `isClosed`: the member is known to accept no direct messages. */
  readonly link: (LinkFacts & { readonly isClosed: boolean }) | null;
  /** The operation that suspended it, where it was one of ours; until when, if it ends by itself. */
  readonly suspension: TimedOperation | null;
  /** The operation that scheduled its deletion, and for when. */
  readonly deletion: TimedOperation | null;
  readonly recent: readonly OperationFacts[];
  /** Under way, waiting, or with an unknown outcome. */
  readonly open: readonly OperationFacts[];
  readonly noteCount: number;
  readonly permissions: ReadonlySet<Permission>;
  readonly abilities: ReadonlySet<string>;
  /** It is the reader's own. */
  readonly own: boolean;
  /** The operation whose new password its reader can still see. */
  readonly newPassword?: number | null;
}

export interface Card extends CardContext {
  readonly account: Account;
}

/** The card as staff see it: their actions on it, and the e-mail masked until it is revealed. */
export function accountCard(
  card: Card,
  options: { readonly staff: boolean; readonly revealed?: boolean },
): View<'private'> {
  const masked = maskAccount(card.account);
  const email = options.revealed ? untrusted(card.account.email, 100) : masked.maskedEmail;
  const actions = actionBlocks(
    {
      ...card,
      linked: card.link !== null,
      deletionScheduled: card.deletion !== null,
      resting: new Set(card.open.filter(({ state }) => state === 'unknown').map(({ verb }) => FACETS[verb])),
      staff: options.staff,
    },
    new Set(options.revealed ? ['user reveal' as const] : []),
  );
  return {
    visibility: 'private',
    tone: toneOf(card.account, card),
    blocks: [...cardBlocks(masked, card, email, card.permissions.has('credits.view')), ...actions],
  };
}

/** The card as the account's own member sees it. */
export function ownCard(card: Card): View<'private'> {
  const options = { account: `${card.account.panel}/${card.account.id}` };
  const isRead = card.unread === null;
  const hasCredits = isRead && card.account.balance !== null;
  const hasServers = isRead && card.abilities.has('servers');
  return {
    visibility: 'private',
    tone: toneOf(card.account, card),
    blocks: [
      ...cardBlocks(
        maskAccount(card.account),
        { ...card, noteCount: 0, own: false },
        untrusted(card.account.email, 100),
        true,
      ),
      ...(card.newPassword ? showMineRow(card.newPassword) : []),
      ...buttonRows([
        ...(hasCredits ? [button('Credits', run('account credits', options))] : []),
        ...(hasServers ? [button(serverWords.show, run('account servers', options))] : []),
        button('History', run('account history', options)),
      ]),
    ],
  };
}

/** The card as it stands in a channel: for everybody there, so without what is personal and without anyone's own actions. */
export function sharedCard(account: MaskedAccount, card: CardContext, shownBy: string): View<'masked'> {
  const options = { account: `${account.panel}/${account.id}` };
  return {
    visibility: 'masked',
    tone: toneOf(account, card),
    blocks: [
      ...cardBlocks(
        account,
        { ...card, noteCount: 0, own: false, shownBy },
        account.maskedEmail,
        card.permissions.has('credits.view'),
      ),
      ...buttonRows([button('Open card', run('user view', options))]),
    ],
    audience: 'accounts.view',
  };
}

function toneOf({ status }: { status: Account['status'] }, { open, deletion, unread }: CardContext): Tone {
  if (unread !== null) return 'neutral';
  if (open.some(({ state }) => state === 'unknown')) return 'info';
  if (deletion !== null) return 'bad';
  return ({ active: 'good', suspended: 'warning', deleted: 'bad' } as const)[status];
}

function cardBlocks(
  account: MaskedAccount,
  card: CardContext & { readonly shownBy?: string },
  email: Text,
  withCredits: boolean,
): readonly Block[] {
  const visible = (operation: OperationFacts) => withCredits || operation.delta === null;
  const recent = card.recent.filter(visible).filter(({ number }) => !card.open.some((open) => open.number === number));
  const open = card.open.filter(visible).slice(0, 3);
  return [
    ...unreadBlocks(card),
    paragraph(lines([deletionLine(card), statusLine(account, card), heading(titleOf(account))])),
    ...(open.length === 0 ? [] : [paragraph(lines(open.map(openLine)))]),
    paragraph(factsOf(account, card, email, withCredits)),
    line(),
    ...lately(recent, open.length > 0),
    ...footer(card),
  ];
}

function unreadBlocks({ unread, panel, seenAt }: CardContext): readonly Block[] {
  if (unread === null) return [];
  return [paragraph(cardWords.unread(panelFailureWords(unread, panel.label, null), seenAt)), line()];
}

function lately(recent: readonly OperationFacts[], more: boolean): readonly Block[] {
  if (recent.length === 0) return more ? [] : [paragraph(subtext(cardWords.nothingRecent))];
  return [paragraph(lines([cardWords.recent, ...recent.slice(0, 3).map((operation) => operationLine(operation, 40))]))];
}

function footer({ own, panel, seenAt, shownBy }: CardContext & { readonly shownBy?: string }): readonly Block[] {
  const parts = [
    cardWords.seen(panel.label, seenAt),
    own ? cardWords.own : null,
    shownBy === undefined ? null : cardWords.shared(shownBy),
  ];
  return [paragraph(subtext(join(parts)))];
}

/** An account by name, as the directory knows it. */
export interface NamedAccount extends AccountReference {
  readonly username: string;
  readonly name: string | null;
}

/** Username first: it is what people type, and every account has one. */
export function titleOf({ username, name }: Pick<NamedAccount, 'username' | 'name'>): Text {
  return join([untrusted(username, 40), fullName({ username, name }, 50)]);
}

/** The name, where it says more than the username; null for one of which nothing can be seen. */
export function fullName({ username, name }: Pick<NamedAccount, 'username' | 'name'>, limit: number): Text | null {
  return name === null || name === username || isBlank(name) ? null : untrusted(name, limit);
}

/** One that is overdue was held back: by what guards the account now, or by a panel that is down. */
function deletionLine({ deletion, seenAt }: CardContext): Text | null {
  if (!deletion?.dueAt) return null;
  const { actorId, dueAt, number } = deletion;
  const words = dueAt > seenAt ? cardWords.deletionScheduled : cardWords.deletionOverdue;
  return words(actorId, dueAt, reasonWords(deletion), number);
}

/** Null where the deletion says it: it has suspended the account itself. */
function statusLine(account: MaskedAccount, { suspension, deletion }: CardContext): Text | null {
  if (account.status !== 'suspended') return text`**${statusWords[account.status]}**`;
  if (suspension === null) return deletion === null ? cardWords.suspendedElsewhere : null;
  const { actorId, at, dueAt, number } = suspension;
  return cardWords.suspendedBy(actorId, at, dueAt, reasonWords(suspension), number);
}

function openLine({ state, verb, delta, number }: OperationFacts): Text {
  const deed = deedWords(verb, delta);
  if (state === 'unknown') return cardWords.unclear(deed, number, FACETS[verb]);
  return state === 'awaiting_approval' ? cardWords.waiting(deed, number) : cardWords.underWay(deed, number);
}

function factsOf(
  account: MaskedAccount,
  { link, noteCount, permissions, shownBy }: CardContext & { readonly shownBy?: string },
  email: Text,
  withCredits: boolean,
): Text {
  const { balance, verified, createdAt } = account;
  const verification = verified === null ? null : verified ? cardWords.verified : cardWords.unverified;
  return facts([
    balance === null || !withCredits
      ? null
      : [factLabels.balance, text`**${amount(balance)}** ${untrusted(balance.unit.code, 20)}`],
    [factLabels.email, join([email, verification])],
    [factLabels.roles, rolesOf(account)],
    [factLabels.member, link === null ? cardWords.unlinked : linkWords(link)],
    createdAt === null ? null : [factLabels.joined, moment(createdAt, 'date')],
    ...detailFacts(account.details, { shared: shownBy !== undefined }),
    noteCount > 0 && permissions.has('accounts.notes') ? [factLabels.notes, text`${noteCount}`] : null,
  ]);
}

function rolesOf({ roles, administrator }: MaskedAccount): Text {
  const names = roles.length === 0 ? cardWords.noRoles : untrusted(roles.join(', '), 60);
  return join([names, administrator ? cardWords.administrator : null]);
}

function linkWords({ userId, proof, at, isClosed }: NonNullable<CardContext['link']>): Text {
  return join([mention(userId), proofWords[proof], moment(at), isClosed ? cardWords.closed : null]);
}
