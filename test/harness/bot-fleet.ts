/** Bots in processes of their own, on one Discord, one database and the panels of the test. */
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import type { Timing } from '../../src/services/context.ts';
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
  readonly panels: readonly TestPanel[];
  readonly timing?: Partial<Timing>;
  /** The database, where it is not one of the server that all tests share. */
  readonly databaseUrl?: string;
}

const QUICK = { keepAfterMs: 50, lookMs: 100, abandonedAfterMs: 600 };

/** Prepares it all, without a bot yet, and stops it after the last test of the file. */
export async function createBotFleet({ panels, timing = {}, databaseUrl }: BotFleetOptions): Promise<BotFleet> {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  const served = await servePanels(panels.map(({ panel }) => panel));
  const database = databaseUrl === undefined ? await testDatabase() : { url: databaseUrl, drop: async () => undefined };
  const store = open(database.url, pino({ level: 'fatal' }));
  const processes = new Set<BotProcess>();
  afterAll(async () => {
    await Promise.all([...processes].map((one) => one.kill()));
    await Promise.all([discord.stop(), served.close(), store.close()]);
    await database.drop();
  });
  const settings = { auditChannelId: CHANNEL_IDS.staffAudit, staffChannelIds: [CHANNEL_IDS.staff] };
  for (const [name, value] of Object.entries(settings)) {
    await store.sql`insert into settings (name, value, changed_by) values (${name}, ${store.sql.json(value)}, 'test')`;
  }
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
        timing,
        owedTiming: QUICK,
        ...changes,
      });
      processes.add(started);
      return started;
    },
  };
}
