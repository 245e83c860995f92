/** `npm run sandbox`: the local Discord with its web client, a seeded store, and Steward living in them. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { connect, type Store } from '../src/store/connect.ts';
import { stopServer } from '../src/store/embedded/server.ts';
import type { Violation } from './discord/journal.ts';
import { type LocalDiscord, type LocalDiscordOptions, type Pages, startLocalDiscord } from './discord/server.ts';
import { readBooks } from './hurt/books.ts';
import { Hurts } from './hurt/hurts.ts';
import { HURT_PATH, hurtPages } from './hurt/pages.ts';
import { postAuditLines } from './seed/audit-lines.ts';
import { seedForDoubles } from './seed/panels/store.ts';
import { seedStore } from './seed.ts';
import { accountsAreKnown } from './start/accounts-known.ts';
import { beginTheDay } from './start/begin-the-day.ts';
import { BotProcess } from './start/bot-process.ts';
import { openBrowser } from './start/browser.ts';
import { showFirstCard } from './start/first-card.ts';
import { chosenPanels, dataFolderOf, inPanel, startPanels } from './start/panels.ts';
import { webClient } from './web/serve.ts';
import { harbourHosting } from './world.ts';

const FIRST_PORT = 8420;
const PORTS_TRIED = 20;

const { values: options } = parseArgs({
  options: { 'no-open': { type: 'boolean', default: false }, panel: { type: 'string', default: 'builtin' } },
});
const names = chosenPanels(options.panel);
const dataDir = resolve(dataFolderOf(names));
mkdirSync(dataDir, { recursive: true, mode: 0o700 });

/** What is served beside the local Discord; the drawer's part comes when there is a bot to hurt. */
let drawer: Pages = () => false;
const [discord, store, panels] = await Promise.all([startDiscord(), startStore(), startPanels(names, dataDir)]);
const isFirstTime = names.includes('builtin') && (await seedStore(store));
const doubleIds = panels.doubles.map(({ id }) => id);
await seedForDoubles(store, doubleIds);
if (isFirstTime) await postAuditLines(store, discord);
const bot = new BotProcess(discord, dataDir, panels.environment);
const hurts = new Hurts({ bot, discord, store, stopDatabase: () => stopServer(dataDir), panels: panels.doubles });
drawer = hurtPages(hurts, names.includes('builtin') ? () => readBooks(store.sql) : null);
stopTogether();

await once(discord.state, 'botStatus');
if (isFirstTime) await beginTheDay(store, discord, inPanel(names, 'builtin'));
await accountsAreKnown(store, doubleIds);
await showFirstCard(discord, inPanel(names, names[0]));
console.log(`\n  Harbour Hosting is open at ${discord.origin}\n  Ctrl-C stops it; everything is kept in ${dataDir}\n`);
if (process.stdout.isTTY && !options['no-open']) openBrowser(discord.origin);

async function startDiscord(): Promise<LocalDiscord> {
  const client = await webClient({ hurtPath: HURT_PATH });
  const pages: Pages = (request, response) => drawer(request, response) || client(request, response);
  const fixed = { world: harbourHosting(), dataFile: join(dataDir, 'discord.json'), pages, onViolation: report };
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    const started = await startOn(port, fixed);
    if (started !== null) return started;
  }
  throw new Error(`The ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken.`);
}

/** Whoever works on the bot wants to know what Discord would have refused. */
function report({ method, route, message, details }: Violation): void {
  console.error(['Discord would have refused', method, `${route}:`, message, ...details].join(' '));
}

/** Null if somebody else has this port. */
async function startOn(port: number, fixed: LocalDiscordOptions): Promise<LocalDiscord | null> {
  try {
    return await startLocalDiscord({ ...fixed, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return null;
    throw error;
  }
}

function startStore(): Promise<Store> {
  return connect({ databaseUrl: null, dataDir }, pino({ level: 'warn' }, pino.destination(2)));
}

/** The sandbox and its bot end together, whichever is asked or fails first. */
function stopTogether(): void {
  let isStopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await bot.stop();
    await Promise.all([discord.stop(), store.close(), panels.stop()]);
    process.exit(exitCode);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  bot.on('ended', (code) => {
    if (isStopping) return;
    console.error(`Steward has stopped by itself (exit code ${code}); see ${join(dataDir, 'steward.log')}.`);
    void stop(code === 0 ? 0 : 1);
  });
}
