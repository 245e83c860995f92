/** A whole bot in this process: the real one, on a Discord and a store of the test's. */
import { type Logger, pino } from 'pino';
import { createAnnouncer } from '../../src/discord/announcer.ts';
import { createAttachments } from '../../src/discord/attachments.ts';
import { type Bot, type BotOptions, startBot } from '../../src/discord/bot.ts';
import { createChannels } from '../../src/discord/channels.ts';
import type { Observation } from '../../src/discord/dispatch.ts';
import { createRest } from '../../src/discord/gateway/rest.ts';
import { createPostedHeads } from '../../src/discord/heads.ts';
import { createMembers } from '../../src/discord/members.ts';
import { createMessenger } from '../../src/discord/messenger.ts';
import { type Pace, startJobs } from '../../src/jobs/jobs.ts';
import { openQueues } from '../../src/jobs/queues.ts';
import { createTimers } from '../../src/jobs/timers.ts';
import { type GuardPace, guardPanels } from '../../src/panels/guard/guard.ts';
import type { Panel } from '../../src/panels/panel.ts';
import { panelsOf } from '../../src/panels/registry.ts';
import { createSeal } from '../../src/services/answers/seal.ts';
import { sealingKey } from '../../src/services/audit/seal.ts';
import { type Services, TIMING, type Timing } from '../../src/services/context.ts';
import { lend } from '../../src/services/house/lend.ts';
import { accountQueue } from '../../src/services/operations/queue.ts';
import { watchPolicy } from '../../src/services/policy/snapshot.ts';
import { watchSettings } from '../../src/services/settings/read.ts';
import type { Store } from '../../src/store/connect.ts';
import { type PendingTimer, rememberTimers } from './pending-timers.ts';

export interface RunBotOptions {
  readonly store: Store;
  readonly discord: { readonly apiUrl: string; readonly token: string };
  /** The first is home. */
  readonly guildIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly panels: readonly Panel[];
  /** How the panels are watched, where it is not as in earnest. */
  readonly guardPace?: GuardPace;
  /** Calls reach the panels whatever became of those before: for tests that order faults call by call. */
  readonly unguarded?: boolean;
  readonly catalogue: BotOptions['catalogue'];
  readonly limits?: BotOptions['limits'];
  readonly owedTiming?: BotOptions['owedTiming'];
  readonly progressTiming?: BotOptions['progressTiming'];
  readonly timing?: Partial<Timing>;
  readonly at?: Services['at'];
  /** Runs what runs by itself, timers among it; without it, nothing happens but what people do. */
  readonly jobs?: boolean;
  readonly logLevel?: string;
  /** In place of one that writes to the standard output. */
  readonly log?: Logger;
}

export interface RunningBot {
  readonly bot: Bot;
  readonly services: Services;
  /** How each run ended, oldest first. */
  readonly observations: readonly Observation[];
  /** Timers that were set, oldest first; none where jobs run, which fire them. */
  readonly pendingTimers: readonly PendingTimer[];
  stop(): Promise<void>;
}

/** Of every bot of the tests, so that one goes on with what another kept. */
const SECRET_KEY = 'a secret key for tests alone';

/** So many that no test meets them by being quick; those who test the limits give their own. */
const NO_LIMITS = { acts: 10_000, completions: 10_000, windowMs: 10_000, running: 1_000 };

/** Quicker than in earnest, so that tests need not wait. */
const PACE: Pace = { sealMs: 50, postMs: 50, lapseMs: 50, settleMs: 50, fireMs: 500, crawlMs: 50 };

export async function runBot(options: RunBotOptions): Promise<RunningBot> {
  const { store, discord, guildIds } = options;
  const [homeGuildId = ''] = guildIds;
  const log = options.log ?? pino({ level: options.logLevel ?? process.env.TEST_LOG_LEVEL ?? 'fatal' });
  const rest = createRest(discord);
  const members = createMembers(rest, homeGuildId);
  const policy = await watchPolicy(store, log);
  const remembered = rememberTimers();
  const queues = options.jobs ? await openQueues(store, log) : null;
  const guard = guardPanels(
    options.unguarded ? [] : options.panels,
    options.guardPace ? { pace: options.guardPace } : {},
  );
  guard.start();
  const services: Services = {
    store,
    policy,
    log,
    homeGuildId,
    channels: createChannels(rest, homeGuildId),
    panels: panelsOf(
      (options.unguarded ? options.panels : guard.panels).map((panel) =>
        lend(panel, { sql: store.sql, credits: true }),
      ),
      options.unguarded ? undefined : guard.health,
    ),
    settings: await watchSettings(store, policy),
    members,
    timers: queues ? await createTimers(queues) : remembered,
    attachments: createAttachments(discord.apiUrl, log),
    messenger: createMessenger(rest, { store }),
    auditKey: sealingKey(SECRET_KEY),
    secretSeal: createSeal(SECRET_KEY, 'steward secrets'),
    postedHeads: createPostedHeads(rest, log),
    clock: { now: () => new Date() },
    timing: { ...TIMING, ...options.timing },
    queue: accountQueue(),
    ownerIds: options.ownerIds,
    timeZone: 'UTC',
    operationEnded: () => undefined,
    at: options.at ?? (() => undefined),
  };
  const announcer = createAnnouncer({ rest, services, strict: true });
  const jobs = queues && (await startJobs({ services, queues, announcer, pace: PACE }));
  const observations: Observation[] = [];
  const bot = await startBot({
    services,
    rest,
    members,
    guildIds,
    catalogue: options.catalogue,
    token: discord.token,
    apiUrl: discord.apiUrl,
    secretKey: SECRET_KEY,
    strict: true,
    limits: options.limits ?? NO_LIMITS,
    observe: (observation) => observations.push(observation),
    ...(options.owedTiming ? { owedTiming: options.owedTiming } : {}),
    ...(options.progressTiming ? { progressTiming: options.progressTiming } : {}),
  });
  return {
    bot,
    services,
    observations,
    pendingTimers: remembered.pending,
    async stop() {
      await Promise.all([bot.stop(5_000), jobs?.stop(5_000)]);
      guard.stop();
      await policy.close();
    },
  };
}
