/** Bots in processes of their own, on one Discord, one database and the panels of the test. */
import { pino } from 'pino';
import { afterAll, expect } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import type { PanelSettings } from '../../src/panels/registry.ts';
import type { Timing } from '../../src/services/context.ts';
import type { Settings } from '../../src/services/settings/schema.ts';
import { open, type Store } from '../../src/store/connect.ts';
import type { BotProcessOptions } from './bot-fleet/orders.ts';
import { type BotProcess, startProcess } from './bot-fleet/process.ts';

export type { BotProcess } from './bot-fleet/process.ts';

import { testDatabase } from './database.ts';
import { type ServedPanels, servePanels } from './remote-panel.ts';
import type { TestPanel } from './test-panel.ts';

export interface BotFleet {
  readonly discord: LocalDiscord;
  /** The test's own way to the database. */
  readonly store: Store;
  readonly served: ServedPanels;
  /** Starts a bot; resolves when it takes interactions. */
  start(changes?: Partial<BotProcessOptions>): Promise<BotProcess>;
}

export interface BotFleetOptions {
  readonly panels?: readonly TestPanel[];
  /** Panels that each bot makes itself, as it is configured, and reaches by itself. */
  readonly connected?: readonly PanelSettings[];
  readonly timing?: Partial<Timing>;
  /** What is otherwise than the team's settings. */
  readonly settings?: Partial<Settings>;
  /** The database, where it is not one of the server that all tests share. */
  readonly databaseUrl?: string;
}

/** Quicker than in earnest; but a busy machine lets a process that lives be silent for a while. */
const QUICK = { keepAfterMs: 50, lookMs: 100, abandonedAfterMs: 2_000 };

/** Prepares it all, without a bot yet, and stops it after the last test of the file. */
export async function createBotFleet({
  panels = [],
  connected = [],
  timing = {},
  settings = {},
  databaseUrl,
}: BotFleetOptions): Promise<BotFleet> {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  const served = await servePanels(panels.map(({ panel }) => panel));
  const database = databaseUrl === undefined ? await testDatabase() : { url: databaseUrl, drop: async () => undefined };
  const store = open(database.url, pino({ level: 'fatal' }));
  const processes = new Set<BotProcess>();
  afterAll(async () => {
    const killed = await Promise.allSettled([...processes].map((one) => one.kill()));
    await Promise.all([discord.stop(), served.close(), store.close()]);
    await database.drop();
    expect(killed.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
  await moveIn(store, { ...SETTINGS, ...settings });
  return {
    discord,
    store,
    served,
    async start(changes = {}) {
      const started = await startProcess({
        databaseUrl: database.url,
        discord: { apiUrl: discord.apiUrl, token: discord.token },
        guildIds: [discord.guildId],
        ownerIds: [USER_IDS.ada ?? ''],
        panels: served.described,
        connected,
        timing,
        owedTiming: QUICK,
        ...changes,
      });
      processes.add(started);
      return started;
    },
  };
}

/** The team's settings: its channels, and that setting a balance needs an approval of whoever is no owner. */
const SETTINGS: Partial<Settings> = {
  auditChannelId: CHANNEL_IDS.staffAudit,
  staffChannelIds: [CHANNEL_IDS.staff],
  approvalsChannelId: CHANNEL_IDS.staff,
  approvalVerbs: ['credits.set'],
};

async function moveIn({ sql }: Store, settings: Partial<Settings>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const json = JSON.stringify(value);
    await sql`insert into settings (name, value, changed_by) values (${name}, ${json}::text::jsonb, 'test')`;
  }
  await sql`
    insert into grants (subject_kind, subject_id, preset, created_by, origin)
    values ('role', ${ROLE_IDS.accountant}, 'accountant', 'test', 'test')`;
}
