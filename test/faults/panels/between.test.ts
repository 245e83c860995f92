/** What changes, or goes away, between the look and the deed, and between the parts of one. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Answer } from '../../../sandbox/discord/person/answer.ts';
import { USER_IDS } from '../../../sandbox/world.ts';
import type { Verb } from '../../../src/domain/operation.ts';
import { textOf } from '../../discord/fixtures/text.ts';
import { createBotFleet } from '../../harness/bot-fleet.ts';
import { beginAll, beginReady } from '../fixtures/begin.ts';
import { ANSWERED, on } from '../fixtures/deeds.ts';
import { expectAccounted, expectTold, statesOf, untilSettled } from './fixtures/accounted.ts';
import { type Prepared, preparing } from './fixtures/deed.ts';
import { type RealPanel, realPanels } from './fixtures/panels.ts';

// Processes that start take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const real = await realPanels({ timeoutSeconds: 10 });
const panels: readonly RealPanel[] = [real.ctrl, real.ptero, real.pelican];
const fleet = await createBotFleet({
  connected: panels.map(({ settings }) => settings),
  timing: { callTimeoutMs: 40_000, leaseMs: 60_000 },
  settings: { graceHours: 0 },
});
const { discord, store } = fleet;
const prepare = preparing(discord);
const person = discord.as(USER_IDS.ada ?? '');

const allGoDown = () => Promise.all(panels.map(({ double }) => double.goDown()));
const allComeBack = () => Promise.all(panels.map(({ double }) => double.comeBack()));
/** All that was begun so far, which the books are held against. */
const begun: Prepared[] = [];

function begins(prepared: readonly Prepared[]) {
  begun.push(...prepared.filter((one) => !begun.includes(one)));
  return prepared.map(({ begin }) => begin);
}

const onAll = async (isMeant: (verb: Verb) => boolean = () => true) => {
  const prepared = panels.map((panel) =>
    prepare(
      panel,
      panel.deeds.filter(({ verb }) => isMeant(verb)),
    ),
  );
  return (await Promise.all(prepared)).flat();
};

const AWAY = /cannot be reached right now/;
const DOUBT = /It is not known whether this happened/;

/** Commands that are typed whole, and so can be typed again. */
const TYPED: readonly Verb[] = ['credits.grant', 'account.suspend', 'account.role', 'account.create'];

/** How the operations of each of them ended, by what it was. */
async function endings(prepared: readonly Prepared[]): Promise<Readonly<Record<string, string>>> {
  const ended = prepared.map(async (one) => [one.deed.verb, (await statesOf(store, one)).join()] as const);
  return Object.fromEntries(await Promise.all(ended));
}

async function seen({ scene }: Prepared): Promise<string> {
  const card = await person.command('user view', { account: on(scene.account) }, ANSWERED);
  return textOf(card.messages[0] ?? null);
}

const oneOfEach = (prepared: readonly Prepared[]) =>
  panels.flatMap((panel) => prepared.find((one) => one.panel === panel) ?? []);

/** The bot has noticed it, so that nothing is sent any more on a connection that is closed by now. */
async function untilMissed(prepared: readonly Prepared[]): Promise<void> {
  for (const one of oneOfEach(prepared)) await expect.poll(() => seen(one)).toMatch(AWAY);
}

/** A panel that is back is found out by the bot itself, a moment later: until then a card says how the account was. */
async function untilFound(prepared: readonly Prepared[]): Promise<void> {
  for (const one of oneOfEach(prepared)) await expect.poll(() => seen(one)).not.toMatch(AWAY);
}

test('what others move between the look and the deed is theirs', async () => {
  const bot = await fleet.start();
  onTestFinished(bot.kill);
  const { double } = real.ctrl;
  const moving = real.ctrl.deeds.filter(({ verb }) => /^(credits|limit)\./.test(verb));
  const [heard, lost] = [await prepare(real.ctrl, moving), await prepare(real.ctrl, moving)];
  const both = [...heard, ...lost];
  const answers = await beginReady(bot, [{ point: 'intent:after', ready: begins(both) }]);
  for (const { deed, scene } of both) {
    const id = Number(scene.account.id);
    const user = double.user(id);
    if (deed.verb.startsWith('credits.')) double.moveBalance(id, 1_000n);
    else if (user) user.serverLimit += 1;
  }
  for (const { deed, scene } of lost) {
    for (const request of deed.writes(scene)) double.failNext(request, { kind: 'reset', acts: true });
  }
  await bot.letGo();
  await untilSettled(store);
  await expectAccounted(store, begun, answers);
  const set = { 'credits.set': 'failed', 'limit.set': 'failed' };
  const [done, asked] = ['succeeded', 'unknown'].map((state) => ({
    ...Object.fromEntries(moving.map(({ verb }) => [verb, state])),
    ...set,
  }));
  expect(await endings(heard)).toEqual(done);
  expect(await endings(lost)).toEqual(asked);
});

test('a panel that goes away after the look does nothing, and the same can be done when it is back', async () => {
  const bot = await fleet.start();
  onTestFinished(bot.kill);
  const prepared = await onAll();
  const answers = await beginReady(bot, [{ point: 'intent:after', ready: begins(prepared) }]);
  await allGoDown();
  await untilMissed(prepared);
  await bot.letGo();
  await expectTelling(answers, AWAY);
  expect(new Set(Object.values(await endings(prepared)))).toEqual(new Set(['failed']));
  await allComeBack();
  await untilFound(prepared);
  const typed = prepared.filter(({ deed }) => TYPED.includes(deed.verb));
  answers.push(...(await beginAll(begins(typed))));
  await untilSettled(store);
  await expectAccounted(store, begun, answers);
  expect(new Set(Object.values(await endings(typed)))).toEqual(new Set(['failed,succeeded']));
});

test('a panel that goes away between two parts of a deed has the rest of it done when it is back', async () => {
  const bot = await fleet.start();
  onTestFinished(bot.kill);
  const several = await onAll((verb) => ['account.create', 'account.suspend', 'account.role'].includes(verb));
  const inParts = several.filter(({ deed }) => deed.steps.length > 1);
  const rounds = ['step:finish:before', 'step:server *:after', 'step:roles assign:before'].map((point) => {
    const meant = inParts.filter(({ deed }) => deed.steps.some((step) => point.startsWith(`step:${step}:`)));
    return { point, ready: begins(meant) };
  });
  const answers = await beginReady(bot, rounds);
  await allGoDown();
  await bot.letGo();
  await expectTelling(answers, DOUBT);
  await allComeBack();
  await untilSettled(store);
  await expectAccounted(store, begun, answers);
  await expectTold(store, inParts);
  expect(new Set(Object.values(await endings(inParts)))).toEqual(new Set(['succeeded']));
});

test('panels that are away when the bot starts are said to be, and used as soon as they are there', async () => {
  const first = await fleet.start();
  const prepared = await onAll((verb) => verb === 'account.role');
  await first.kill();
  await allGoDown();
  const bot = await fleet.start();
  onTestFinished(bot.kill);
  const refused = await beginAll(begins(prepared));
  await expectTelling(refused, AWAY);
  for (const one of prepared) expect(await statesOf(store, one)).toEqual([]);
  await allComeBack();
  await untilFound(prepared);
  const answers = await beginAll(begins(prepared));
  await untilSettled(store);
  await expectAccounted(store, begun, answers);
  expect(await endings(prepared)).toEqual({ 'account.role': 'succeeded' });
});

/** Waits until everybody is told something, and it is this. */
async function expectTelling(answers: readonly Answer[], what: RegExp): Promise<void> {
  const said = () => answers.map(({ messages }) => textOf(messages[0] ?? null));
  await expect.poll(() => said().filter((text) => text === '')).toEqual([]);
  expect(said().filter((text) => !what.test(text))).toEqual([]);
}
