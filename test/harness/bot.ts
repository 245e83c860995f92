/**
 * For tests through the front door: a local Discord with Harbour Hosting in it, a fresh store, a test panel, and the real bot connected
 * to them. People act with `discord.as(USER_IDS.…)`.
 */
import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { harbourHosting, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import type { Permission, Preset } from '../../src/domain/permission.ts';
import type { Store } from '../../src/store/connect.ts';
import { testStore } from './database.ts';
import { type RunBotOptions, type RunningBot, runBot } from './run-bot.ts';
import { createTestPanel, type TestPanel } from './test-panel.ts';

export interface StartBotOptions extends Partial<Omit<RunBotOptions, 'catalogue'>> {
  readonly catalogue: RunBotOptions['catalogue'];
  /** In place of a test panel with every ability. */
  readonly panel?: TestPanel;
}

export interface TestBot extends RunningBot {
  readonly discord: LocalDiscord;
  readonly store: Store;
  /** The panel `test`; what stands in `panels` instead when those were given. */
  readonly panel: TestPanel;
  /** Stores a grant without asking anyone, and waits until it holds. */
  give(grant: {
    user?: string;
    role?: keyof typeof ROLE_IDS;
    permission?: Permission;
    preset?: Preset;
    perAct?: string;
    perDay?: string;
  }): Promise<void>;
  /** Stores a setting without asking anyone, and waits until it holds. */
  set(name: string, value: unknown): Promise<void>;
  /** Another process's bot, as it were, on the same Discord and the same store. */
  another(options?: Partial<RunBotOptions>): Promise<RunningBot>;
}

/** Starts it all, and stops it after the last test of the file. */
export async function startBot(options: StartBotOptions): Promise<TestBot> {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  afterAll(() => discord.stop());
  const store = options.store ?? (await testStore());
  const panel = options.panel ?? createTestPanel();
  const defaults: RunBotOptions = {
    store,
    discord,
    guildIds: [discord.guildId],
    ownerIds: [USER_IDS.ada ?? ''],
    panels: [panel.panel],
    ...options,
  };
  const start = async (changes: Partial<RunBotOptions> = {}) => {
    const running = await runBot({ ...defaults, ...changes });
    let stopped: Promise<void> | null = null;
    const stop = () => {
      stopped ??= running.stop();
      return stopped;
    };
    afterAll(stop);
    return { ...running, stop };
  };
  const running = await start();
  const { services } = running;
  return {
    ...running,
    discord,
    store,
    panel,
    another: start,
    async give({ user, role, permission = null, preset = null, perAct = null, perDay = null }) {
      const [kind, id] = role ? ['role', ROLE_IDS[role]] : ['user', user ?? ''];
      await store.sql`
        insert into grants (subject_kind, subject_id, permission, preset, per_act, per_day, created_by, origin)
        values (${kind}, ${id}, ${permission}, ${preset}, ${perAct}, ${perDay}, 'test', ${randomUUID()})`;
      await services.policy.refresh();
    },
    async set(name, value) {
      await store.sql`
        insert into settings (name, value, changed_by) values (${name}, ${JSON.stringify(value)}::text::jsonb, 'test')
        on conflict (name) do update set value = excluded.value`;
      await services.policy.refresh();
    },
  };
}
