/** Where everything is put together: configuration → store → panels → services → Discord. */
import { DiscordAPIError, type REST } from '@discordjs/rest';
import type { Logger } from 'pino';
import { commands, groups, menus } from '../commands/index.ts';
import { type Config, ConfigError, readConfig, readEnvironment } from './config.ts';
import { keptSecretKey, openDataDir } from './data-dir.ts';
import { createAnnouncer } from './discord/announcer.ts';
import { createAttachments } from './discord/attachments.ts';
import { startBot } from './discord/bot.ts';
import { createChannels } from './discord/channels.ts';
import { createRest } from './discord/gateway/rest.ts';
import { createPostedHeads } from './discord/heads.ts';
import { createMembers, type HomeMembers } from './discord/members.ts';
import { createMessenger } from './discord/messenger.ts';
import { createMetrics, type Metrics } from './health/metrics.ts';
import { createReadiness, type Readiness } from './health/readiness.ts';
import { startHealthServer } from './health/server.ts';
import { startJobs } from './jobs/jobs.ts';
import { openQueues } from './jobs/queues.ts';
import { createTimers } from './jobs/timers.ts';
import { createLog } from './log.ts';
import { type Guard, guardPanels } from './panels/guard/guard.ts';
import type { Panel, PanelHealth } from './panels/panel.ts';
import { createPanels, panelsOf } from './panels/registry.ts';
import { knownRoles } from './services/accounts/role-names.ts';
import { createSeal } from './services/answers/seal.ts';
import { sealingKey } from './services/audit/seal.ts';
import { type Services, TIMING } from './services/context.ts';
import { lend } from './services/house/lend.ts';
import { accountQueue } from './services/operations/queue.ts';
import { watchPolicy } from './services/policy/snapshot.ts';
import { watchSettings } from './services/settings/read.ts';
import type { Timers } from './services/timers/timer.ts';
import { connect, type Store } from './store/connect.ts';
import { rememberPanels } from './store/panels.ts';

/** How long what runs may take to end, once Steward was asked to stop. */
const DRAIN_MS = 10_000;

export interface Running {
  /** Where health and metrics are served. */
  readonly healthAddress: string;
  /** Takes no new work, lets what runs end within ten seconds, and closes everything. What did not end says so in the store. */
  stop(): Promise<void>;
}

/** What tests and benchmarks put in the place of the real thing. */
export interface Overrides {
  readonly log?: Logger;
  readonly at?: Services['at'];
  /** What stands in a panel's place, such as a slow one. */
  readonly insteadOf?: (panel: Panel) => Panel;
}

/**
 * Starts Steward. When a part cannot be started, the parts before it are stopped again.
 *
 * @throws ConfigError, StoreFault in words for whoever runs it; anything else is a bug or Discord out of reach.
 */
export async function start(config: Config, overrides: Overrides = {}): Promise<Running> {
  await using started = new AsyncDisposableStack();
  const log = overrides.log ?? createLog(config.logLevel);
  const metrics = createMetrics();
  let readiness: () => Promise<Readiness | null> = async () => null;
  const health = await startHealthServer({
    host: config.httpHost,
    port: config.httpPort,
    registry: metrics.registry,
    readiness: () => readiness(),
  });
  started.defer(() => health.close());

  if (config.databaseUrl === null) await openDataDir(config.dataDir);
  const secretKey = config.secretKey ?? (await keptSecretKey(config.dataDir));
  const store = await connect(config, log);
  started.defer(() => store.close());

  const rest = createRest({ token: config.discordToken, apiUrl: config.discordApiUrl });
  const members = createMembers(rest, config.guildIds[0]);
  const queues = await openQueues(store, log);
  started.defer(() => queues.stop(DRAIN_MS));
  const timers = await createTimers(queues);
  const guard = guardPanels(
    createPanels(config.panels, store).all.map((panel) => overrides.insteadOf?.(panel) ?? panel),
    { answered: metrics.panelAnswered, changed: (panel, health) => logHealth(log, panel, health) },
  );
  started.defer(() => guard.stop());
  const services = await createServices({
    config,
    log,
    metrics,
    guard,
    store,
    members,
    timers,
    secretKey,
    rest,
    overrides,
  });
  started.defer(() => services.policy.close());
  guard.start();
  // Begins to read them, so that roles are completed from the first key on.
  for (const { id } of services.panels.all) knownRoles(services, id);
  const announcer = createAnnouncer({ rest, services });
  const jobs = await startJobs({ services, queues, announcer });
  started.defer(() => jobs.stop(DRAIN_MS));

  const bot = await startBot({
    services,
    rest,
    members,
    secretKey,
    catalogue: { commands, groups, menus },
    token: config.discordToken,
    apiUrl: config.discordApiUrl,
    guildIds: config.guildIds,
    observe: metrics.runEnded,
  }).catch(explainDiscord);
  started.defer(async () => {
    await Promise.all([bot.stop(DRAIN_MS), jobs.stop(DRAIN_MS)]);
  });
  readiness = createReadiness({ store, panels: services.panels, connected: bot.connected });
  log.info({ health: health.address, panels: config.panels.map(({ id }) => id) }, 'Steward is ready');

  const parts = started.move();
  return { healthAddress: health.address, stop: () => parts.disposeAsync() };
}

async function createServices(parts: {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly guard: Guard;
  readonly store: Store;
  readonly members: HomeMembers;
  readonly timers: Timers;
  readonly secretKey: string;
  readonly rest: REST;
  readonly overrides: Overrides;
}): Promise<Services> {
  const { config, log, metrics, guard, store, overrides } = parts;
  const [homeGuildId] = config.guildIds;
  await rememberPanels(store.sql, guard.panels);
  const policy = await watchPolicy(store, log);
  return {
    store,
    log,
    policy,
    homeGuildId,
    panels: panelsOf(
      guard.panels.map((panel) => lend(panel, { sql: store.sql, credits: lendsCredits(config, panel) })),
      guard.health,
    ),
    settings: await watchSettings(store, policy),
    members: parts.members,
    channels: createChannels(parts.rest, homeGuildId),
    timers: parts.timers,
    attachments: createAttachments(config.discordApiUrl, log),
    messenger: createMessenger(parts.rest, { store }),
    auditKey: sealingKey(parts.secretKey),
    secretSeal: createSeal(parts.secretKey, 'steward secrets'),
    postedHeads: createPostedHeads(parts.rest, log),
    clock: { now: () => new Date() },
    timing: TIMING,
    queue: accountQueue(),
    ownerIds: config.ownerIds,
    timeZone: config.timeZone,
    operationEnded: metrics.operationEnded,
    at: overrides.at ?? (() => undefined),
  };
}

function logHealth(log: Logger, { id, label }: Panel, { state, failure, probe }: PanelHealth): void {
  const facts = { panel: id, failure, product: probe?.product, version: probe?.version };
  if (state === 'down') log.warn(facts, `${label} does not answer: it is spared until it does again`);
  else if (failure !== null) log.warn(facts, `${label} answers, and refuses`);
  else log.info(facts, `${label} answers`);
}

function lendsCredits({ panels }: Config, { id }: Panel): boolean {
  return panels.some((panel) => panel.id === id && panel.credits === 'house');
}

/** What Discord's refusals at the start mean for the configuration. */
function explainDiscord(error: unknown): never {
  if (error instanceof DiscordAPIError && error.status === 401) {
    const mend = 'Make a new one at https://discord.com/developers/applications: your application, Bot, Reset Token.';
    throw new ConfigError([{ variable: 'DISCORD_TOKEN', problem: 'is refused by Discord', mend }]);
  }
  if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) {
    const mend = 'Invite the bot to each of them with the scopes bot and applications.commands, or correct the ids.';
    throw new ConfigError([{ variable: 'GUILD_IDS', problem: 'names a server that the bot is not in', mend }]);
  }
  throw error;
}

/** sysexits.h: EX_CONFIG. A service manager that knows it does not start again what cannot start. */
const EXIT_CONFIGURATION = 78;
const EXIT_FAILURE = 1;

function exitWith(error: unknown): never {
  if (error instanceof ConfigError) {
    const count = error.faults.length === 1 ? '1 setting is' : `${error.faults.length} settings are`;
    const faults = error.faults.map(({ variable, problem, mend }) => `  ${variable} ${problem}. ${mend}\n`);
    process.stderr.write(`Steward cannot start: ${count} to be mended.\n${faults.join('')}`);
    process.exit(EXIT_CONFIGURATION);
  }
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Steward cannot start: ${why}\n`);
  process.exit(EXIT_FAILURE);
}

/** A terminal's Ctrl-C reaches us twice, by itself and through npm: only a later signal means that somebody has lost patience. */
const SAME_SIGNAL_MS = 1_000;

function stopOnSignal(running: Promise<Running>): void {
  let firstAt: number | null = null;
  const onSignal = () => {
    if (firstAt !== null) {
      if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(EXIT_FAILURE);
      return;
    }
    firstAt = performance.now();
    running.then(({ stop }) => stop()).then(() => process.exit(0), exitWith);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** Starts Steward as the whole of a process, which ends on a signal, and says in words why it cannot start. */
export async function run(overrides: Overrides = {}): Promise<void> {
  try {
    const config = readConfig(readEnvironment());
    const log = createLog(config.logLevel);
    // Node ends the process as it always does; this only leaves a trace in the log.
    process.on('uncaughtExceptionMonitor', (error) =>
      log.fatal({ error }, 'Steward ends on an error that nobody caught'),
    );
    const running = start(config, { log, ...overrides });
    stopOnSignal(running);
    await running;
  } catch (error) {
    exitWith(error);
  }
}

if (import.meta.main) await run();
