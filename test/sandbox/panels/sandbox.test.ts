/** The sandbox with doubles of panels in place of the built-in one. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { DrawerView } from '../../../sandbox/hurt/protocol.ts';
import type { CtrlPanelDouble } from '../../../sandbox/panels/ctrlpanel/start.ts';
import type { PterodactylDouble } from '../../../sandbox/panels/pterodactyl/start.ts';
import type { ServerEvent } from '../../../sandbox/protocol.ts';
import { seedForDoubles } from '../../../sandbox/seed/panels/store.ts';
import { chosenPanels, dataFolderOf, type RunningPanels, startPanels } from '../../../sandbox/start/panels.ts';
import { CHANNEL_IDS, USER_IDS } from '../../../sandbox/world.ts';
import { testStore } from '../../harness/database.ts';
import { type Sandbox, startSandbox } from '../../harness/sandbox.ts';
import { ask } from './ask.ts';

const LONG_MS = 120_000;
/** Somebody may have the usual ports. */
const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+$/;

let folder: string;
let stopLast: () => Promise<unknown> = async () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-panels-'));
});
afterEach(async () => {
  await stopLast();
  await rm(folder, { recursive: true, force: true });
}, LONG_MS);

async function start(names: string): Promise<RunningPanels> {
  const panels = await startPanels(chosenPanels(names), folder);
  stopLast = panels.stop;
  return panels;
}

const doubleOf = <Double>(panels: RunningPanels, id: string) =>
  panels.doubles.find((one) => one.id === id)?.double as Double;

test('panels are chosen by their names, each combination with a folder of its own', () => {
  expect(dataFolderOf(chosenPanels('builtin'))).toBe('.sandbox');
  expect(dataFolderOf(chosenPanels('ctrlpanel,pterodactyl'))).toBe('.sandbox-ctrlpanel-pterodactyl');
  expect(() => chosenPanels('whmcs')).toThrow('--panel takes one or more of builtin, ctrlpanel, pterodactyl, pelican');
  expect(() => chosenPanels('pelican,pelican')).toThrow('--panel takes');
});

describe('the panels of the sandbox', () => {
  test('the bot is told how each is reached, and CtrlPanel.gg what stands behind it', async () => {
    const panels = await start('builtin,ctrlpanel,pelican');
    expect(panels.environment).toMatchObject({
      PANELS: 'main,ctrlpanel,pelican',
      PANEL_MAIN_KIND: 'builtin',
      PANEL_CTRLPANEL_KIND: 'ctrlpanel',
      PANEL_CTRLPANEL_URL: expect.stringMatching(ADDRESS),
      PANEL_CTRLPANEL_PTERODACTYL_URL: expect.stringMatching(ADDRESS),
      PANEL_PELICAN_KIND: 'pterodactyl',
      PANEL_PELICAN_DISCORD_ID: 'external_id',
    });
    expect(panels.doubles.map(({ id }) => id)).toEqual(['ctrlpanel', 'pelican']);
  });

  test('they hold the community, with what one meets in such panels', async () => {
    const ctrlpanel = doubleOf<CtrlPanelDouble>(await start('ctrlpanel'), 'ctrlpanel');
    const users = ctrlpanel.users();
    expect(users).toHaveLength(60);
    expect(users.filter(({ roleIds }) => roleIds.length === 0)).toHaveLength(1);
    expect(users.filter(({ emailVerifiedAt }) => emailVerifiedAt === null)).toHaveLength(1);
    expect(users.filter(({ suspended }) => suspended)).toHaveLength(2);
    const servers = users.flatMap(({ id }) => ctrlpanel.servers(id));
    expect(servers.some(({ suspended }) => suspended === null)).toBe(true);
    expect(servers.some(({ suspended }) => suspended !== null)).toBe(true);
  });

  test.each(['ctrlpanel,pterodactyl', 'pelican'])(
    'whoever is linked in Steward is linked to their own: %s',
    async (names) => {
      const store = await testStore();
      const panels = await start(names);
      const ids = panels.doubles.map(({ id }) => id);
      expect(await seedForDoubles(store, ids)).toBe(true);
      expect(await seedForDoubles(store, ids)).toBe(false);
      const links = await store.sql<{ panel: string; account_id: string; user_id: string }[]>`select * from links`;
      expect(new Set(links.map(({ panel }) => panel))).toEqual(new Set(ids));
      for (const { panel, account_id: id, user_id: userId } of links) {
        const double = doubleOf<CtrlPanelDouble | PterodactylDouble>(panels, panel);
        const [username] = Object.entries(USER_IDS).find(([, one]) => one === userId) ?? [];
        expect(double.user(Number(id))?.email).toMatch(new RegExp(`^${username}@`));
      }
      const [grants] = await store.sql`select count(*)::integer as count from grants`;
      expect(grants?.count).toBe(4);
    },
  );

  test('what happened in them is there after the next start', async () => {
    const first = await start('ctrlpanel,pterodactyl');
    const before = doubleOf<CtrlPanelDouble>(first, 'ctrlpanel');
    await ask(before, 'PATCH', '/api/users/1/suspend');
    await first.stop();
    const again = doubleOf<CtrlPanelDouble>(await start('ctrlpanel,pterodactyl'), 'ctrlpanel');
    expect(again.users()).toEqual(before.users());
    expect(again.user(1)?.suspended).toBe(true);
    expect((await ask(again, 'GET', '/api/users', undefined, { token: before.token })).status).toBe(200);
  });

  test("CtrlPanel.gg's worker runs by itself", async () => {
    const ctrlpanel = doubleOf<CtrlPanelDouble>(await start('ctrlpanel'), 'ctrlpanel');
    const user = ctrlpanel.addUser({ creditsMilli: 1_000_000n });
    ctrlpanel.addServer({ userId: user.id, isSuspended: true });
    await ask(ctrlpanel, 'PATCH', `/api/users/${user.id}/increment`, { credits: 1 });
    await expect.poll(() => ctrlpanel.servers(user.id)[0]?.suspended).toBeNull();
  });
});

async function readDrawer(sandbox: Sandbox): Promise<DrawerView> {
  const leave = new AbortController();
  const response = await fetch(`${sandbox.address}/hurt`, { signal: leave.signal });
  const chunk = await response.body?.getReader().read();
  leave.abort();
  return JSON.parse(new TextDecoder().decode(chunk?.value).replace(/^data: /, ''));
}

/** What Mira reads in #staff. */
async function staffChannel(sandbox: Sandbox): Promise<string> {
  const socket = new WebSocket(`${sandbox.address.replace('http', 'ws')}/client?person=${USER_IDS.mira}`);
  const [raw] = await once(socket, 'message');
  socket.close();
  const event = JSON.parse(String(raw)) as ServerEvent;
  return event.type === 'ready' ? JSON.stringify(event.messages[CHANNEL_IDS.staff]) : '';
}

test(
  'beside the built-in panel, the day begins in that one',
  async () => {
    const sandbox = await startSandbox(folder, '--panel', 'builtin,ctrlpanel');
    stopLast = () => sandbox.stop('SIGINT');
    await expect.poll(() => staffChannel(sandbox)).toContain('Harbour panel · as of');
    const seen = await staffChannel(sandbox);
    expect(seen).toMatch(/Suspended\*\* · until .+ · Invoice overdue .+ · Harbour panel · by/);
    expect(seen).toContain('This waits for an approval');
    expect(sandbox.complaints).toBe('');
  },
  LONG_MS,
);

test(
  'the bot comes up with panels that are doubles, shows an account, and each can be stopped and started in the drawer',
  async () => {
    const sandbox = await startSandbox(folder, '--panel', 'ctrlpanel,pterodactyl');
    stopLast = () => sandbox.stop('SIGINT');
    const log = () => readFile(join(folder, '.sandbox-ctrlpanel-pterodactyl', 'steward.log'), 'utf8');
    await expect.poll(log, { timeout: LONG_MS }).toContain('"panels":["ctrlpanel","pterodactyl"]');
    await expect.poll(() => staffChannel(sandbox)).toContain('CtrlPanel.gg · as of');
    expect(sandbox.complaints).toBe('');

    const stops = async () => (await readDrawer(sandbox)).hurts.map(({ title }) => title).slice(-2);
    expect(await stops()).toEqual(['Stop CtrlPanel.gg', 'Stop Pterodactyl']);
    const { ctrlpanel } = deserialize(await readFile(join(folder, '.sandbox-ctrlpanel-pterodactyl', 'panels.bin')));
    const reached = () =>
      fetch(`http://127.0.0.1:${ctrlpanel.port}/api/users`).then(
        () => true,
        () => false,
      );
    await fetch(`${sandbox.address}/hurt/panel-ctrlpanel`, { method: 'POST' });
    await expect.poll(stops).toEqual(['Start CtrlPanel.gg', 'Stop Pterodactyl']);
    expect(await reached()).toBe(false);
    await fetch(`${sandbox.address}/hurt/panel-ctrlpanel`, { method: 'POST' });
    await expect.poll(reached).toBe(true);
  },
  LONG_MS,
);
