import { randomUUID } from 'node:crypto';
import type { PanelFailure } from '../../domain/refusal.ts';
import { type Call, type Panel, PanelError } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import type { AfterPage } from './after-page.ts';
import { type Crawl, claimCrawl, finishCrawl, hasTriedLong, keepCrawl, leaveCrawl, pauseCrawl } from './crawl-state.ts';
import { recordAccounts, recordVanished } from './record.ts';

/** As many as every panel lists at once. The same for ever: some panels count their pages. */
const PAGE_SIZE = 100;
/** How long one call may take, with the wait for its turn in the panel's rate, and what follows a page after that. */
const CALL_TIMEOUT_MS = 90_000;
/** How long others have the machine and the panel for themselves after each step. */
const BREATH_MS = 20;

/** What a panel answers about one account, where that may be the account's own fault: it is left as it is. */
const OF_ONE_ACCOUNT: readonly PanelFailure[] = ['malformed', 'rejected', 'not_found', 'conflict'];

export interface CrawlOptions {
  /** The process is being stopped: the crawl is left where it is. */
  readonly stopping?: AbortSignal;
  readonly afterPage?: readonly AfterPage[];
}

interface Crawling {
  readonly services: Services;
  readonly panel: Panel;
  readonly stopping: AbortSignal;
  readonly afterPage: readonly AfterPage[];
}

/**
 * Reads all accounts of a panel into the directory, page by page, where that is due, was asked for, or was begun and left; then asks once more
 * for those that it has not seen, and marks the ones that the panel no longer has. Where each step has led is kept, so that any process goes
 * on from there. One process does it at a time. A step that fails is tried again after a pause.
 */
export async function crawlPanel(
  services: Services,
  panel: Panel,
  { stopping = new AbortController().signal, afterPage = [] }: CrawlOptions = {},
): Promise<void> {
  const token = randomUUID();
  const crawling: Crawling = { services, panel, stopping, afterPage };
  let crawl = await claimCrawl(services, panel.id, token);
  try {
    while (crawl && !stopping.aborted) {
      crawl = await stepOrPause(crawling, crawl);
      if (crawl) await breathe(stopping);
    }
  } finally {
    await leaveCrawl(services, panel.id, token);
  }
}

/** Null when there is nothing more to do for now. */
async function stepOrPause(crawling: Crawling, crawl: Crawl): Promise<Crawl | null> {
  const { services, panel, stopping } = crawling;
  try {
    return await (crawl.phase === 'reading' ? readPage(crawling, crawl) : confirmNext(crawling, crawl));
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    if (stopping.aborted) return null;
    services.log.warn(
      { error, panel: panel.id, phase: crawl.phase },
      'a panel could not be crawled, and is tried again',
    );
    const again = error instanceof ListNotBelieved || hasTriedLong(crawl);
    await pauseCrawl(services, crawl, error.kind, again ? { ...crawl, ...BEGINNING } : crawl);
    return null;
  }
}

/** A page that cannot be had for so long may have no place in the list any more. */
const BEGINNING = { phase: 'reading', cursor: null, seen: 0 } as const;

/** The panel lists no account at all, and has one. */
class ListNotBelieved extends PanelError {}

/** Accounts count as seen when the page was asked for: what is seen of them while it is on its way is newer. */
async function readPage(crawling: Crawling, crawl: Crawl): Promise<Crawl | null> {
  const { services, panel } = crawling;
  const askedAt = timeOf(services, crawl);
  const page = await ask(crawling, (call) => panel.list({ after: crawl.cursor, limit: PAGE_SIZE }, call));
  const { accounts, next, total } = page;
  if (next !== null && next === crawl.cursor) throw new PanelError('malformed', 'none', 'a page leads to itself');
  await recordAccounts(services, accounts, { seenAt: askedAt, since: crawl.startedAt });
  for (const hook of crawling.afterPage) await runHook(crawling, hook, accounts);
  const seen = crawl.seen + accounts.length;
  if (hasGrown(crawl.seen, seen)) await services.store.sql`analyze directory`;
  const at =
    next === null ? ({ phase: 'confirming', cursor: null } as const) : ({ phase: 'reading', cursor: next } as const);
  return keepCrawl(services, crawl, { ...at, seen, total });
}

/**
 * Ten times as many as before, from a thousand on. What the database knows of a table that is being filled is soon so wrong that it reads all
 * of it to find each row.
 */
function hasGrown(before: number, now: number): boolean {
  return now >= 1_000 && Math.floor(Math.log10(now)) > Math.floor(Math.log10(Math.max(before, 1)));
}

async function runHook(crawling: Crawling, hook: AfterPage, accounts: Parameters<AfterPage>[2]): Promise<void> {
  const { services, panel } = crawling;
  try {
    await ask(crawling, (call) => hook(services, panel, accounts, call));
  } catch (error) {
    services.log.warn(
      { error, panel: panel.id },
      'what follows a page of a crawl failed, and comes again with the next',
    );
  }
}

/**
 * Asks for the accounts that no page had. Pages shift while accounts come and go, and a panel may list too little: only what it says of an
 * account itself is believed.
 */
async function confirmNext(crawling: Crawling, crawl: Crawl): Promise<Crawl | null> {
  const { services } = crawling;
  const accountId = await nextUnseen(services, crawl);
  if (accountId === null) {
    await finishCrawl(services, crawl);
    return null;
  }
  const found = await confirm(crawling, crawl, accountId);
  return keepCrawl(services, crawl, { ...crawl, cursor: accountId, seen: crawl.seen + (found ? 1 : 0) });
}

/** Whether the panel has the account. */
async function confirm(crawling: Crawling, crawl: Crawl, accountId: string): Promise<boolean> {
  const { services, panel } = crawling;
  const askedAt = timeOf(services, crawl);
  try {
    const account = await ask(crawling, (call) => panel.get(accountId, call));
    if (!account) {
      await recordVanished(services, { panel: panel.id, accountId }, askedAt);
      return false;
    }
    await recordAccounts(services, [account], { seenAt: askedAt, since: crawl.startedAt });
  } catch (error) {
    if (!mayBeLeft(crawling, crawl, error)) throw error;
    services.log.warn({ error, panel: panel.id }, 'an account could not be confirmed, and is left as it is');
    return false;
  }
  if (crawl.seen === 0) throw new ListNotBelieved('malformed', 'none', 'it lists no accounts, and has some');
  return true;
}

/** One account that cannot be asked for keeps no crawl from its end. */
function mayBeLeft({ stopping }: Crawling, crawl: Crawl, error: unknown): boolean {
  if (!(error instanceof PanelError) || stopping.aborted) return false;
  return OF_ONE_ACCOUNT.includes(error.kind) || hasTriedLong(crawl);
}

async function nextUnseen({ store }: Services, { panel, cursor, startedAt }: Crawl): Promise<string | null> {
  const [row] = await store.sql<{ account_id: string }[]>`
    select account_id from directory
    where panel = ${panel} and account_id > ${cursor ?? ''} and vanished_at is null and seen_at < ${startedAt}
    order by account_id limit 1`;
  return row?.account_id ?? null;
}

/** Never before the crawl began, whichever process's clock said when that was. */
function timeOf({ clock }: Services, { startedAt }: Crawl): Date {
  return new Date(Math.max(clock.now().getTime(), startedAt.getTime()));
}

/** Nobody waits for the answer, but it may not outlast the lease. @throws PanelError whatever went wrong */
async function ask<Result>({ stopping }: Crawling, read: (call: Call) => Promise<Result>): Promise<Result> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(CALL_TIMEOUT_MS)]);
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new PanelError('timeout', 'none', 'no answer in time'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([read({ signal, background: true }), givenUp]);
  } catch (error) {
    if (error instanceof PanelError) throw error;
    throw new PanelError('malformed', 'none', 'its answer could not be read', { cause: error });
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function breathe(stopping: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, BREATH_MS);
  const stop = () => {
    clearTimeout(timer);
    resolve();
  };
  stopping.addEventListener('abort', stop, { once: true });
  return promise.finally(() => stopping.removeEventListener('abort', stop));
}
