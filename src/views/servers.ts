import { type AccountStatus, formatReference } from '../domain/account.ts';
import { doneWords, numberWords } from '../locales/en/operations.ts';
import { serverStatusWords, serverWords } from '../locales/en/servers.ts';
import { join, type Text, text, untrusted } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import { linkedOr, reasonWords } from './operation-line.ts';
import { type DoneFacts, outcomeView } from './outcome.ts';
import { button, buttonRows, fitBlocks, heading, lines, numberedPages, paragraph, run, subtext } from './parts.ts';
import type { Block, Button, Invocation, View } from './view.ts';

export interface ServerFacts {
  readonly id: string;
  readonly name: string;
  readonly status: keyof typeof serverStatusWords;
  readonly url: string | null;
  readonly product: string | null;
  readonly expiresAt: Date | null;
}

export interface ServersFacts {
  readonly account: NamedAccount & { readonly status: AccountStatus };
  /** What people call its panel, where several are connected. */
  readonly panelLabel?: string | null;
  readonly servers: readonly ServerFacts[];
  /** The reader may suspend and lift them. */
  readonly suspendable: boolean;
  /** Where outcomes are told to the channel. */
  readonly staff: boolean;
  readonly page: number;
  readonly now: Date;
}

/** So many fit in one message with a link each, and what can be done to them. */
const PAGE = 8;
/** More buttons than these stand in a menu. */
const BUTTONS = 5;
/** As much of a link as Discord takes. */
const URL_LENGTH = 512;

/** The servers of an account, with what this reader may do to them. */
export function serversView(facts: ServersFacts): View<'private'> {
  const { account, servers, panelLabel = null } = facts;
  const options = { account: formatReference(account) };
  const { shown, pages } = pageOf(facts);
  const nothing = servers.length === 0 ? serverWords.none : null;
  const left = isLeftSuspended(facts) ? serverWords.left : null;
  return {
    visibility: 'private',
    tone: left === null ? 'neutral' : 'warning',
    blocks: fitBlocks((limit) => [
      paragraph(lines([heading(serverWords.title(titleOf(account), panelLabel)), countsOf(servers), left, nothing])),
      ...shown.map((server) => serverBlock(server, facts.now, limit)),
      ...actionsOn(shown, facts),
      ...(facts.suspendable && left !== null
        ? buttonRows([button(serverWords.liftAll, lift(facts, null), 'success')])
        : []),
      ...numberedPages(pages, 'user servers', options),
    ]),
  };
}

/** A member's own servers: to look at. */
export function ownServersView(facts: Omit<ServersFacts, 'suspendable' | 'staff'>): View<'private'> {
  const { account, servers, now, panelLabel = null } = facts;
  const { shown, pages } = pageOf(facts);
  const nothing = servers.length === 0 ? serverWords.ownNone : null;
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: fitBlocks((limit) => [
      paragraph(lines([heading(serverWords.own(panelLabel)), countsOf(servers), nothing])),
      ...shown.map((server) => serverBlock(server, now, limit)),
      ...numberedPages(pages, 'account servers', { account: formatReference(account) }),
    ]),
  };
}

/** `Server suspended · smp · Mining · #1045` */
export function serversOutcome(done: DoneFacts, servers: readonly { readonly name: string }[]): View<'masked'> {
  const { operation } = done;
  const names = servers.map(({ name }) => name).join(', ');
  return outcomeView(
    done,
    join([
      text`**${doneWords[operation.verb]}**`,
      names === '' ? null : untrusted(names, 100),
      linkedOr(operation, reasonWords(operation, 300)),
      numberWords(operation.number),
    ]),
  );
}

function pageOf({ servers, page }: Pick<ServersFacts, 'servers' | 'page'>) {
  const pages = Math.max(1, Math.ceil(servers.length / PAGE));
  const at = Math.min(page, pages - 1);
  return { shown: servers.slice(at * PAGE, (at + 1) * PAGE), pages: { page: at, pages } };
}

function countsOf(servers: readonly ServerFacts[]): Text | null {
  if (servers.length === 0) return null;
  return serverWords.counts(servers.length, servers.filter(({ status }) => status === 'suspended').length);
}

/** Lifting the account's own suspension may leave its servers as they are. */
function isLeftSuspended({ account, servers }: ServersFacts): boolean {
  return account.status === 'active' && servers.some(({ status }) => status === 'suspended');
}

function serverBlock({ name, status, product, expiresAt, url }: ServerFacts, now: Date, limit: number): Block {
  const end = expiresAt && (expiresAt > now ? serverWords.until(expiresAt) : serverWords.expired(expiresAt));
  const words = lines([
    text`**${untrusted(name, Math.min(limit, 60))}**`,
    subtext(join([serverStatusWords[status], product === null ? null : untrusted(product, Math.min(limit, 60)), end])),
  ]);
  return isWebAddress(url) ? { kind: 'linked', text: words, link: { label: serverWords.open, url } } : paragraph(words);
}

/** It comes from a panel: what is no address of a web page, nobody is led to. */
function isWebAddress(url: string | null): url is string {
  return url !== null && url.length <= URL_LENGTH && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function actionsOn(shown: readonly ServerFacts[], facts: ServersFacts): readonly Block[] {
  if (!facts.suspendable || shown.length === 0) return [];
  const entries = shown.map((server) =>
    server.status === 'suspended'
      ? { label: serverWords.lift(server.name), action: lift(facts, server.id), style: 'success' as const }
      : { label: serverWords.suspend(server.name), action: suspend(facts, server.id), style: 'danger' as const },
  );
  if (entries.length > BUTTONS) return [{ kind: 'menu', menu: { placeholder: serverWords.choose, entries } }];
  return buttonRows(entries.map(({ label, action, style }): Button => button(label, action, style)));
}

function suspend({ account }: ServersFacts, server: string): Invocation {
  return run('user suspend-server', { account: formatReference(account), server }, 'form');
}

function lift({ account, staff }: ServersFacts, server: string | null): Invocation {
  const options = { account: formatReference(account), ...(server === null ? {} : { server }) };
  return run('user lift-servers', options, staff ? 'public' : 'private');
}
