/** Reading a large panel into the directory: how long it takes, and how much memory. */
import { pino } from 'pino';
import { createCtrlPanel } from '../../src/panels/ctrlpanel/panel.ts';
import { crawlPanel } from '../../src/services/directory/crawl.ts';
import { open } from '../../src/store/connect.ts';
import { RemotePanel } from '../directory/remote-panel.ts';
import { startServices } from '../grants/steward.ts';
import type { Bench } from '../stage.ts';

const ACCOUNTS = 100_000;
const ACCOUNTS_QUICK = 5_000;
const SAMPLE_MS = 250;
/** So many that the limit is not what is measured. */
const UNLIMITED = 99_999;
/** What CtrlPanel.gg allows, and the part of it that a crawl takes. */
const REQUESTS_PER_MINUTE = 60;
const SHARE = 0.5;

export interface Crawled {
  readonly accounts: number;
  readonly pages: number;
  /** From the first page to the last, without a limit of the panel. */
  readonly tookMs: number;
  /** How long the panel's limit makes the same take at least. */
  readonly limitMs: number;
  /** Resident memory of the process that crawls, through the whole of it. */
  readonly residentBytes: readonly number[];
}

export async function crawl({ options, database, say }: Bench): Promise<Crawled> {
  const accounts = Math.min(
    options.directoryAccounts,
    options.directoryAccounts < ACCOUNTS ? ACCOUNTS_QUICK : ACCOUNTS,
  );
  say(`A crawl of ${accounts.toLocaleString('en')} accounts`);
  await using remote = await RemotePanel.start(accounts);
  await using cleanUp = new AsyncDisposableStack();
  const store = open(await database.freshDatabase(), pino({ level: 'warn' }));
  cleanUp.defer(() => store.close());
  const services = await startServices(store);
  cleanUp.defer(() => services.policy.close());
  const panel = createCtrlPanel({
    ...{ id: 'large', label: 'Large', url: remote.url, token: remote.token, timeZone: 'UTC', newRole: null },
    ...{ timeoutMs: 30_000, requestsPerMinute: UNLIMITED, pterodactyl: null },
  });
  let pages = 0;
  const counted = {
    __proto__: panel,
    list: (...query: Parameters<typeof panel.list>) => {
      pages += 1;
      return panel.list(...query);
    },
  } as unknown as typeof panel;

  const residentBytes: number[] = [];
  const sampling = setInterval(() => residentBytes.push(process.memoryUsage.rss()), SAMPLE_MS);
  const startedAt = performance.now();
  await crawlPanel(services, counted).finally(() => clearInterval(sampling));
  const tookMs = performance.now() - startedAt;
  await expectAll(store, accounts);
  return { accounts, pages, tookMs, limitMs: (pages / (REQUESTS_PER_MINUTE * SHARE)) * 60_000, residentBytes };
}

/** What was not read must not count as quick. */
async function expectAll({ sql }: ReturnType<typeof open>, accounts: number): Promise<void> {
  const [read] = await sql<{ count: number }[]>`select count(*)::integer as count from directory where panel = 'large'`;
  if (read?.count !== accounts) throw new Error(`The crawl has read ${read?.count} of ${accounts} accounts.`);
}
