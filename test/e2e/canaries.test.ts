/** A tour through everything, on good days and bad, with secrets and personal values planted that can be recognised wherever they turn up. */
import { beforeAll, describe, expect, inject, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { createAnnouncer } from '../../src/discord/announcer.ts';
import { createRest } from '../../src/discord/gateway/rest.ts';
import { circumstancesOf } from '../../src/discord/registered.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { createMetrics } from '../../src/health/metrics.ts';
import { createLog } from '../../src/log.ts';
import { postNotices } from '../../src/services/notices/post.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startBot } from '../harness/bot.ts';
import type { Named } from '../harness/samples.ts';
import type { Fault } from '../harness/test-panel.ts';
import { waysInto } from '../harness/ways-in.ts';

const lines: string[] = [];
const log = createLog('trace', { write: (line) => void lines.push(line) });
const owedTiming = { keepAfterMs: 0, lookMs: 60_000, abandonedAfterMs: 60_000 };
const bot = await startBot({ catalogue, log, owedTiming });
const { discord, store, panel } = bot;
const registry = createRegistry(catalogue, circumstancesOf(bot.services.panels));

const ada = discord.as(USER_IDS.ada);
const sam = discord.as(USER_IDS.sam);
const mira = discord.as(USER_IDS.mira);
const general = { channelId: CHANNEL_IDS.general };

/** Of accounts; of nobody but who may reveal them. */
const NAMES = ['canary-kept', 'canary-typed', 'canary-edited'];
const [KEPT = '', TYPED = '', EDITED = ''] = NAMES.map((name) => `${name}@example.com`);

const interactionTokens = () => [
  ...new Set(discord.journal.flatMap(({ path }) => /^\/interactions\/\d+\/([^/]+)\//.exec(path)?.[1] ?? [])),
];

const secrets = () => ({
  'the bot’s token': [discord.token],
  'the secret key': ['a secret key for tests alone'],
  'the database’s password': [new URL(inject('databaseServerUrl')).password],
  'a token of an interaction': interactionTokens(),
});

/** Which of the planted values stand in a text. */
function found(text: string, planted: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(planted).flatMap(([name, values]) =>
    values.some((value) => value !== '' && text.includes(value)) ? [name] : [],
  );
}

async function rowsOf(table: string): Promise<string> {
  const rows = await store.sql<{ entry: string }[]>`select entry::text from ${store.sql(table)} as entry`;
  return rows.map(({ entry }) => entry).join('\n');
}

const FAULTS: readonly (Fault | null)[] = [
  null,
  { kind: 'refuse', failure: 'rejected', detail: 'no' },
  { kind: 'timeout', acts: 'before' },
  { kind: 'malformed', acts: false },
];

beforeAll(async () => {
  await bot.give({ role: 'helper', preset: 'helper' });
  await bot.give({ role: 'moderator', preset: 'moderator' });
  await bot.set('staffChannelIds', [CHANNEL_IDS.general]);
  await bot.set('auditChannelId', CHANNEL_IDS.staffAudit);
  panel.add({ email: KEPT, username: 'kept', balanceMinor: 900_000n });
  await ada.command('link set', { account: 'kept', member: USER_IDS.jo }, general);
  for (const [turn, fault] of FAULTS.entries()) await tour(turn, fault);
  await ada.command('user create', { email: TYPED, username: 'typed' }, general);
  const { form } = await ada.command('user edit', { account: 'typed' }, general);
  await ada.submit(form, { email: EDITED });
  await ada.command('user create', { email: KEPT, username: 'taken' }, general);
  await ada.command('user create', { email: `${TYPED} `, username: 'a\u0000b' }, general);
  await ada.command('user view', { account: `${EDITED}\u0000` }, general);
  await ada.command('user note', { account: 'kept', text: 'half a pair: \ud83d, and none: \u0000' }, general);
  await sam.command('user list', { query: EDITED }, general);
  panel.failNext('suspend', { kind: 'timeout', acts: 'before' });
  await ada.command('user suspend', { account: 'typed', reason: 'Lost on the way' }, general);
  discord.faults.order('PATCH', '*', { kind: 'server-error', status: 500 }, { times: 4 });
  await ada.command('user view', { account: 'kept' }, { ...general, until: 'acknowledged' });
  await vi.waitFor(() => expect(bot.observations.at(-1)).toMatchObject({ status: 'waiting' }), 5_000);
  await postNotices(bot.services, createAnnouncer({ rest: createRest(discord), services: bot.services, strict: true }));
}, 180_000);

/** Every way into every command, as people of three ranks; each call to the panel goes wrong as ordered. */
async function tour(turn: number, fault: Fault | null): Promise<void> {
  let armedAt = -1;
  for (const registered of registry.all) {
    const ways = waysInto(bot, registered, catalogue.menus);
    for (const [index, way] of ways.entries()) {
      const isTurn = index % FAULTS.length === turn;
      if (fault && !isTurn) continue;
      const named: Named = { account: way.completes ? 'kept' : KEPT, member: USER_IDS.jo };
      if (fault && panel.calls.length > armedAt) {
        panel.failNext('any', fault);
        armedAt = panel.calls.length;
      }
      await way.go(ada, named, 'guild');
      if (!isTurn) continue;
      await way.go(mira, { ...named, account: 'kept' }, 'guild');
      await way.go(sam, { ...named, account: 'kept' }, 'guild');
    }
  }
  if (armedAt === panel.calls.length)
    await panel.panel.probe({ signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
}

test('the tour met answers of every kind', () => {
  const statuses = bot.observations.map(({ status }) => status);
  expect([...new Set(statuses)].sort()).toEqual(['done', 'refused', 'unknown', 'waiting']);
  // Discord's own failure is told; nothing that people can type makes one of ours.
  expect(lines.filter((line) => line.includes('could not be delivered'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
});

describe('nothing planted stands', () => {
  test('in the log, at its most talkative', () => {
    expect(lines.filter((line) => found(line, { ...secrets(), 'an e-mail': NAMES }).length > 0)).toEqual([]);
  });

  test('in the metrics', async () => {
    const metrics = createMetrics();
    for (const observation of bot.observations) metrics.runEnded(observation);
    expect(found(await metrics.registry.metrics(), { ...secrets(), 'an e-mail': NAMES })).toEqual([]);
  });

  test.each(['audit', 'audit_seals', 'notices', 'notes', 'grants', 'settings', 'links', 'ledger', 'operation_steps'])(
    'in the table %s',
    async (table) => {
      expect(found(await rowsOf(table), { ...secrets(), 'an e-mail': NAMES })).toEqual([]);
    },
  );

  test.each(['component_state', 'component_presses', 'operations', 'audit_personal', 'directory'])(
    'in the table %s, but for the e-mails that it is there to keep',
    async (table) => {
      expect(found(await rowsOf(table), secrets())).toEqual([]);
    },
  );

  test('in what everybody reads, in the audit channel, or in what a helper is shown', () => {
    const channels = [CHANNEL_IDS.general, CHANNEL_IDS.staffAudit, CHANNEL_IDS.staff];
    const others = channels
      .flatMap((id) => discord.messagesIn(id))
      .filter(({ visibleTo }) => visibleTo !== ada.id && visibleTo !== mira.id)
      .filter(({ message }) => textOf(message) !== '');
    const said = [...others, ...discord.dmsOf(ada.id), ...discord.dmsOf(sam.id)].map(({ message }) =>
      JSON.stringify(message),
    );
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((message) => found(message, { ...secrets(), 'an e-mail': NAMES }).length > 0)).toEqual([]);
  });

  test('in what a moderator is shown, but for the card that reveals the e-mail', () => {
    const shown = discord.messagesIn(CHANNEL_IDS.general).filter(({ visibleTo }) => visibleTo === mira.id);
    const texts = shown
      .map(({ message }) => JSON.stringify(message))
      .filter((text) => found(text, { 'an e-mail': NAMES }).length > 0);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !text.includes('`E-mail') || text.includes('Reveal e-mail'))).toEqual([]);
    expect(
      shown.map(({ message }) => JSON.stringify(message)).filter((text) => found(text, secrets()).length > 0),
    ).toEqual([]);
  });

  test('readable in an answer that is owed', async () => {
    const gate = Promise.withResolvers<void>();
    panel.failNext('credits.add', { kind: 'wait', for: gate.promise });
    const other = panel.add({ email: 'owed@example.com', username: 'owed' });
    const given = { account: `test/${other.id}`, amount: '5', reason: 'Owed' };
    const answer = await ada.command('credits add', given, { ...general, until: 'acknowledged' });
    await vi.waitFor(async () => expect(await rowsOf('owed_answers')).toContain(answer.interactionId));
    const [row] = await store.sql<
      { sealed: Uint8Array }[]
    >`select sealed from owed_answers where interaction_id = ${answer.interactionId}`;
    const sealed = Buffer.from(row?.sealed ?? []).toString('latin1');
    const token = interactionTokens();
    gate.resolve();
    await answer.settled;
    expect(sealed.length).toBeGreaterThan(100);
    expect(found(sealed, { ...secrets(), token, 'an id': [other.id, ada.id] })).toEqual([]);
  });
});
