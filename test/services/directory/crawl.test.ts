import { describe, expect, test } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import type { Services } from '../../../src/services/context.ts';
import { type CrawlOptions, crawlPanel } from '../../../src/services/directory/crawl.ts';
import { askForCrawl, readCrawls } from '../../../src/services/directory/crawl-state.ts';
import { forgetVanished } from '../../../src/services/directory/forget.ts';
import { recordAccounts } from '../../../src/services/directory/record.ts';
import { testStore } from '../../harness/database.ts';
import { testServices } from '../../harness/services.ts';
import { createOffsetPanel, type OffsetPanel } from './fixtures/offset-panel.ts';

const store = await testStore();
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

let scenes = 0;
/** A panel with so many accounts, of which the directory knows none. */
async function scene(accounts: number) {
  scenes += 1;
  const panel = createOffsetPanel(`p${scenes}`, accounts);
  const services = await testServices(store, { panels: [panel.panel] });
  const crawl = (options: CrawlOptions = {}, as: Services = services) => crawlPanel(as, panel.panel, options);
  const state = async () => (await readCrawls(services, [panel.panel.id]))(panel.panel.id);
  return { panel, services, crawl, state };
}

const later = (services: Services, byMs: number): Services => ({
  ...services,
  clock: { now: () => new Date(Date.now() + byMs) },
});

const known = ({ panel }: OffsetPanel) =>
  store.sql<{ account_id: string; seen_at: Date; vanished_at: Date | null }[]>`
    select account_id, seen_at, vanished_at from directory where panel = ${panel.id} order by account_id`;
const vanished = async (panel: OffsetPanel) =>
  (await known(panel)).filter((row) => row.vanished_at).map((row) => row.account_id);
const asked = (panel: OffsetPanel) =>
  panel.calls.filter(({ name }) => name === 'get').map(({ accountId }) => accountId);
const pages = (panel: OffsetPanel) => panel.listCalls.map(({ after }) => after);

/** The account that stands at this place of the list, from 1. */
const at = (panel: OffsetPanel, place: number): Account => panel.read(`u-${place}`);

/** As if so much time had passed for the lease. */
const pass = ({ panel }: OffsetPanel, seconds: number) => store.sql`
  update crawls set lease_until = lease_until - make_interval(secs => ${seconds}), failed_at = failed_at - make_interval(secs => ${seconds})
  where panel = ${panel.id}`;

const until = () => Promise.withResolvers<void>();

describe('a crawl', () => {
  test('reads every account of the panel, page by page, for nobody who waits', async () => {
    const { panel, crawl, state } = await scene(250);
    await crawl();
    expect(await known(panel)).toHaveLength(250);
    expect(panel.listCalls).toEqual([null, '100', '200'].map((after) => ({ after, background: true })));
    expect(asked(panel)).toEqual([]);
    expect(await state()).toMatchObject({ phase: 'idle', seen: 250, total: 250, failure: null });
    expect((await state()).last).toMatchObject({ seen: 250, vanished: 0, durationMs: expect.any(Number) });
  });

  test('of a panel without accounts ends, too', async () => {
    const { crawl, state } = await scene(0);
    await crawl();
    expect((await state()).last).toMatchObject({ seen: 0, vanished: 0 });
  });

  test('comes again after an hour, or when somebody asks for it', async () => {
    const { panel, services, crawl, state } = await scene(3);
    await crawl();
    await crawl({}, later(services, HOUR_MS - 60_000));
    expect(pages(panel)).toHaveLength(1);
    await askForCrawl(services, panel.panel.id);
    expect((await state()).requested).toBe(true);
    await crawl();
    expect((await state()).requested).toBe(false);
    expect(pages(panel)).toHaveLength(2);
    await crawl();
    expect(pages(panel)).toHaveLength(2);
    await crawl({}, later(services, HOUR_MS + 60_000));
    expect(pages(panel)).toHaveLength(3);
  });

  test.each([[null], ['100'], ['200']])(
    'whose process dies at the page %s is gone on with from there by another',
    async (fatal) => {
      const { panel, services, crawl, state } = await scene(250);
      const dead = until();
      panel.beforePage = (after) => (after === fatal ? dead.promise : undefined);
      const dying = crawl();
      await expect.poll(() => pages(panel).at(-1)).toBe(fatal);
      const before = pages(panel).length;
      await crawl({}, { ...services });
      expect(pages(panel)).toHaveLength(before);

      await pass(panel, 3_600);
      panel.beforePage = () => undefined;
      await crawl({}, { ...services });
      expect(pages(panel)).toEqual([null, '100', '200'].flatMap((page) => (page === fatal ? [page, page] : [page])));
      expect(await known(panel)).toHaveLength(250);
      const ended = await state();
      expect(ended).toMatchObject({ phase: 'idle', last: { seen: 250 } });

      dead.resolve();
      await dying;
      expect(await state()).toEqual(ended);
    },
  );

  test('is gone on with where it was stopped, at once', async () => {
    const { panel, crawl, state } = await scene(250);
    const stop = new AbortController();
    panel.beforePage = (after) => (after === '100' ? new Promise(() => stop.abort()) : undefined);
    await crawl({ stopping: stop.signal });
    expect(await state()).toMatchObject({ phase: 'reading', seen: 100, failure: null });
    panel.beforePage = () => undefined;
    await crawl();
    expect(pages(panel)).toEqual([null, '100', '100', '200']);
    expect((await state()).last).toMatchObject({ seen: 250 });
  });

  test('is done by one process, however many look for it', async () => {
    const { panel, crawl } = await scene(250);
    const processes = await Promise.all([1, 2, 3].map(() => testServices(store, { panels: [panel.panel] })));
    await Promise.all(processes.map((services) => crawl({}, services)));
    expect(pages(panel)).toEqual([null, '100', '200']);
  });
});

describe('an account that no page had', () => {
  test('has vanished when the panel says so, and not before', async () => {
    const { panel, services, crawl, state } = await scene(150);
    await crawl();
    panel.remove(at(panel, 7));
    panel.remove(at(panel, 120));
    await crawl({}, later(services, 2 * HOUR_MS));
    expect(await vanished(panel)).toEqual(['u-120', 'u-7']);
    expect(asked(panel).toSorted()).toEqual(['u-120', 'u-7']);
    expect((await state()).last).toMatchObject({ seen: 148, vanished: 2 });
  });

  test('because the list moved up while it was read, stays', async () => {
    const { panel, services, crawl, state } = await scene(250);
    await crawl();
    panel.beforePage = (after) => {
      if (after === '100') for (const place of [1, 2, 3]) panel.remove(at(panel, place));
    };
    await crawl({}, later(services, 2 * HOUR_MS));
    expect(asked(panel).toSorted()).toEqual(['u-101', 'u-102', 'u-103']);
    expect(await vanished(panel)).toEqual([]);
    await crawl({}, later(services, 4 * HOUR_MS));
    expect(await vanished(panel)).toEqual(['u-1', 'u-2', 'u-3']);
    expect((await state()).last).toMatchObject({ seen: 247, vanished: 3 });
  });

  test('stays where the panel cannot be asked about it, and keeps no crawl from its end', async () => {
    const { panel, services, crawl, state } = await scene(3);
    await crawl();
    panel.remove(at(panel, 1));
    panel.remove(at(panel, 2));
    panel.failNext('get', { kind: 'malformed', acts: false });
    await crawl({}, later(services, 2 * HOUR_MS));
    expect(await vanished(panel)).toEqual(['u-2']);
    expect((await state()).last).toMatchObject({ seen: 1, vanished: 1 });
  });

  test('is asked for by the next process where one died over it, and no other is asked for twice', async () => {
    const { panel, services, crawl } = await scene(5);
    await crawl();
    for (const place of [1, 2, 3]) panel.remove(at(panel, place));
    const never = until();
    panel.failNext('get', { kind: 'wait', for: Promise.resolve() });
    panel.failNext('get', { kind: 'wait', for: never.promise });
    void crawl({}, later(services, 2 * HOUR_MS));
    await expect.poll(() => asked(panel)).toEqual(['u-1', 'u-2']);
    await pass(panel, 3_600);
    await crawl({}, later(services, 2 * HOUR_MS));
    expect(asked(panel)).toEqual(['u-1', 'u-2', 'u-2', 'u-3']);
    expect(await vanished(panel)).toEqual(['u-1', 'u-2', 'u-3']);
    never.resolve();
  });

  test('is there again once it is seen', async () => {
    const { panel, services, crawl } = await scene(2);
    await crawl();
    panel.lists = false;
    panel.remove(at(panel, 1));
    panel.remove(at(panel, 2));
    await crawl({}, later(services, 2 * HOUR_MS));
    expect(await vanished(panel)).toEqual(['u-1', 'u-2']);
    await recordAccounts(later(services, 3 * HOUR_MS), [at(panel, 1)]);
    expect(await vanished(panel)).toEqual(['u-2']);
  });
});

test('a panel that lists nothing, and has what is known of it, is not believed: nobody is asked for one by one', async () => {
  const { panel, services, crawl, state } = await scene(150);
  await crawl();
  panel.lists = false;
  await crawl({}, later(services, 2 * HOUR_MS));
  expect(await vanished(panel)).toEqual([]);
  expect(asked(panel)).toHaveLength(1);
  expect(await state()).toMatchObject({ phase: 'reading', failure: { kind: 'malformed' }, last: { seen: 150 } });
  panel.lists = true;
  await pass(panel, 60);
  await crawl({}, later(services, 2 * HOUR_MS));
  expect(await state()).toMatchObject({ phase: 'idle', failure: null, last: { seen: 150, vanished: 0 } });
});

describe('what is known of an account', () => {
  test('is as old as its last page, though nothing of it has changed', async () => {
    const { panel, services, crawl } = await scene(3);
    await crawl();
    const [first] = await known(panel);
    await crawl({}, later(services, 2 * HOUR_MS));
    for (const { seen_at: seenAt } of await known(panel)) {
      expect(seenAt.getTime() - (first?.seen_at.getTime() ?? 0)).toBeGreaterThan(HOUR_MS);
    }
    expect(asked(panel)).toEqual([]);
  });

  test('counts as seen by the crawl, though it was recorded the moment before it', async () => {
    const { panel, services, crawl } = await scene(3);
    await recordAccounts(
      services,
      [1, 2, 3].map((place) => at(panel, place)),
    );
    await crawl();
    expect(asked(panel)).toEqual([]);
  });

  test('is not written again by a page that has the same within the same minute', async () => {
    const { panel, services, crawl } = await scene(3);
    const versions = () =>
      store.sql`select xmin::text, account_id from directory where panel = ${panel.panel.id} order by account_id`;
    panel.beforePage = () =>
      recordAccounts(
        services,
        [1, 2, 3].map((place) => at(panel, place)),
      );
    let before: unknown = null;
    const afterPage = async () => {
      before ??= [...(await versions())];
    };
    await crawl({ afterPage: [afterPage] });
    await recordAccounts(
      services,
      [1, 2, 3].map((place) => at(panel, place)),
    );
    expect([...(await versions())]).toEqual(before);
  });

  test('is what was seen last, also where a page that is older arrives after it', async () => {
    const { panel, services, crawl } = await scene(1);
    const stale = at(panel, 1);
    panel.panel.list = async () => {
      await recordAccounts(later(services, 1), [{ ...stale, username: 'renamed' }]);
      return { accounts: [stale], next: null, total: 1 };
    };
    await crawl();
    expect([...(await store.sql`select username from directory where panel = ${stale.panel}`)]).toEqual([
      { username: 'renamed' },
    ]);
  });

  test('is forgotten thirty days after it vanished', async () => {
    const { panel, services, crawl } = await scene(2);
    await crawl();
    panel.remove(at(panel, 1));
    await crawl({}, later(services, 2 * HOUR_MS));
    await forgetVanished(later(services, 30 * DAY_MS));
    expect(await known(panel)).toHaveLength(2);
    await forgetVanished(later(services, 31 * DAY_MS));
    expect((await known(panel)).map(({ account_id: id }) => id)).toEqual(['u-2']);
  });
});

describe('a page that fails', () => {
  test('is tried again after a pause that grows, and is remembered until it comes', async () => {
    const { panel, crawl, state } = await scene(150);
    const pauses: number[] = [];
    for (const failure of ['unreachable', 'timeout', 'unreachable'] as const) {
      panel.failNext('list', { kind: 'refuse', failure });
      await crawl();
      expect((await state()).failure?.kind).toBe(failure);
      const [row] = await store.sql<{ pause: number }[]>`
        select extract(epoch from lease_until - failed_at)::float8 as pause from crawls where panel = ${panel.panel.id}`;
      pauses.push(row?.pause ?? 0);
      const before = pages(panel).length;
      await crawl();
      expect(pages(panel)).toHaveLength(before);
      await pass(panel, (row?.pause ?? 0) + 1);
    }
    expect(pauses).toEqual([5, 10, 20]);
    await crawl();
    expect(await state()).toMatchObject({ failure: null, last: { seen: 150 } });
  });

  test('is tried at once when somebody asks for it', async () => {
    const { panel, services, crawl, state } = await scene(3);
    panel.failNext('list', { kind: 'refuse', failure: 'unreachable' });
    await crawl();
    await askForCrawl(services, panel.panel.id);
    await crawl();
    expect(await state()).toMatchObject({ requested: false, failure: null, last: { seen: 3 } });
  });

  test('for as long as a crawl waits lets it begin anew', async () => {
    const { panel, crawl, state } = await scene(250);
    panel.beforePage = (after) => {
      if (after === '200') panel.failNext('list', { kind: 'refuse', failure: 'rejected' });
    };
    for (let attempt = 0; attempt < 10; attempt++) {
      await crawl();
      await pass(panel, 601);
    }
    panel.beforePage = () => undefined;
    await crawl();
    expect(pages(panel).filter((page) => page === null)).toHaveLength(2);
    expect((await state()).last).toMatchObject({ seen: 250 });
  });

  test('or leads to itself, or cannot be read by its adapter, is one that fails', async () => {
    const { panel, crawl, state } = await scene(1);
    panel.beforePage = () => {
      throw new TypeError('something is undefined');
    };
    await crawl();
    expect((await state()).failure?.kind).toBe('malformed');
    await pass(panel, 10);
    panel.panel.list = async ({ after }) => ({ accounts: [], next: after ?? '1', total: null });
    await crawl();
    expect(await state()).toMatchObject({ phase: 'reading', failure: { kind: 'malformed' } });
  });
});

describe('what follows a page', () => {
  test('is done with its accounts, once they are recorded', async () => {
    const { panel, crawl } = await scene(150);
    const seen: { accounts: number; known: number; background: boolean | undefined }[] = [];
    await crawl({
      afterPage: [
        async (_services, { id }, accounts, call) => {
          const { count } = await store.sql`select from directory where panel = ${id}`;
          seen.push({ accounts: accounts.length, known: count, background: call.background });
        },
      ],
    });
    expect(seen).toEqual([
      { accounts: 100, known: 100, background: true },
      { accounts: 50, known: 150, background: true },
    ]);
    expect(await vanished(panel)).toEqual([]);
  });

  test('holds nothing up when it fails', async () => {
    const { crawl, state } = await scene(150);
    const done: number[] = [];
    await crawl({
      afterPage: [
        () => Promise.reject(new Error('no')),
        async (_services, _panel, { length }) => void done.push(length),
      ],
    });
    expect(done).toEqual([100, 50]);
    expect((await state()).last).toMatchObject({ seen: 150 });
  });
});
