/** Every kind of panel is read whole, by the pages that it has: what is there, and what is gone. */
import { afterAll, expect, test } from 'vitest';
import { startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import type { Panel } from '../../../src/panels/panel.ts';
import { KINDS } from '../../../src/panels/registry.ts';
import { crawlPanel } from '../../../src/services/directory/crawl.ts';
import { change } from '../../contract/panel/subject.ts';
import { testStore } from '../../harness/database.ts';
import { testServices } from '../../harness/services.ts';

const store = await testStore();
const ACCOUNTS = 120;

interface Subject {
  readonly panel: Panel;
  /** Makes an account, and gives its id. */
  add(): string | Promise<string>;
  remove(id: string): unknown;
}

const values = (double: { readonly url: string; readonly token: string }) => ({
  URL: double.url,
  TOKEN: double.token,
  ALLOW_HTTP: false,
  TIMEOUT_SECONDS: 15,
  REQUESTS_PER_MINUTE: 10_000,
});

const subjects: Readonly<Record<keyof typeof KINDS, () => Promise<Subject>>> = {
  async builtin() {
    let made = 0;
    return {
      panel: KINDS.builtin.create({ id: 'builtin', label: 'Own' }, {}, store),
      async add() {
        made += 1;
        const [row] = await store.sql<{ id: bigint }[]>`
          insert into builtin_accounts (panel, email, username) values ('builtin', ${`${made}@example.com`}, ${`own${made}`}) returning id`;
        return String(row?.id);
      },
      remove: (id) => store.sql`delete from builtin_accounts where id = ${id}::bigint`,
    };
  },
  async pterodactyl() {
    const double = await startPterodactyl();
    afterAll(() => double.stop());
    return {
      panel: KINDS.pterodactyl.create({ id: 'ptero', label: 'Pterodactyl' }, values(double), store),
      add: () => String(double.addUser().id),
      remove: (id) => double.removeUser(Number(id)),
    };
  },
  async ctrlpanel() {
    const double = await startCtrlPanel();
    afterAll(() => double.stop());
    const panel = KINDS.ctrlpanel.create(
      { id: 'ctrl', label: 'CtrlPanel' },
      { ...values(double), TIME_ZONE: 'UTC' },
      store,
    );
    return {
      panel,
      add: () => String(double.addUser().id),
      remove: (id) => panel.deletion?.delete(id, change()),
    };
  },
};

test.each(Object.entries(subjects))('%s', async (_kind, start) => {
  const { panel, add, remove } = await start();
  const ids: string[] = [];
  for (let made = 0; made < ACCOUNTS; made++) ids.push(await add());
  const services = await testServices(store, { panels: [panel] });
  const known = async (where = store.sql`true`) =>
    (
      await store.sql<{ account_id: string }[]>`
        select account_id from directory where panel = ${panel.id} and ${where} order by account_id`
    ).map((row) => row.account_id);

  await crawlPanel(services, panel);
  expect(await known()).toEqual(expect.arrayContaining(ids));
  const [first = '', second = ''] = ids;
  await remove(first);
  await remove(second);
  await store.sql`update crawls set requested_at = now() where panel = ${panel.id}`;
  await crawlPanel(services, panel);
  expect(await known(store.sql`vanished_at is not null`)).toEqual([first, second].toSorted());
  const [crawl] = await store.sql`select phase, failure, finished_vanished from crawls where panel = ${panel.id}`;
  expect(crawl).toEqual({ phase: 'idle', failure: null, finished_vanished: 2n });
});
