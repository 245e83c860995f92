/** What nobody but a person can say: the card that asks, its three buttons, and who may press them, once. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test' });
const { discord, store, panel, ada, tomasz, mira, lena } = house;
const CARDS = CHANNEL_IDS.accounting;

beforeAll(async () => {
  await house.set('approvalsChannelId', CARDS);
  // Others move balances too, so that a balance proves nothing.
  panel.setTraits('credits', { proof: 'balance' });
});

const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)/)?.[1]);
const balance = async (account: TestAccount) => Number((await account.now()).balance?.minor) / 1_000;
const ours = async (account: TestAccount) => {
  const [row] = await store.sql<{ sum: string }[]>`
    select coalesce(sum(delta_minor) / 1000, 0)::text as sum from ledger where account_id = ${account.id} and kind = 'ours'`;
  return Number(row?.sum);
};
const stateOf = async (number: number) => {
  const [row] = await store.sql<{ state: string }[]>`select state from operations where number = ${number}`;
  return row?.state;
};

/** A gift by Tomasz of which the panel did not say whether it happened, and the card that asks about it. */
async function doubtful(acts: 'before' | 'never') {
  const account = await house.customer();
  panel.failNext('credits.add', { kind: 'timeout', acts });
  const given = { account: account.reference, amount: '30', reason: 'Power cut' };
  const number = numberOf(await tomasz.types('credits add', given));
  while ((await settleDue(house.services)) > 0);
  return { account, number, card: await house.lastIn(CARDS) };
}

describe('the card', () => {
  test('tells what is known, and nothing personal', async () => {
    const { account, number, card } = await doubtful('before');
    expect(card.text).toContain(`It is not known whether this happened. · #${number}\n+30 · ${account.username}`);
    for (const fact of ['Before', '120', 'If it happened', '150', 'Seen now']) expect(card.text).toContain(fact);
    expect(card.actions).toEqual(['It happened', 'It did not', 'Try again', 'Open card']);
    expect(JSON.stringify(card.message)).not.toContain('@example.com');
  });
});

describe.each([
  ['It happened', 'before', 150, 30, 'succeeded', 'settled: it happened, by @lena.vogt'],
  ['It did not', 'never', 120, 0, 'failed', 'settled: it did not happen, by @lena.vogt'],
  ['Try again', 'never', 150, 30, 'succeeded', 'settled: it happened'],
] as const)('%s', (label, acts, held, moved, state, words) => {
  test('settles it, frees the credits, and is told to all', async () => {
    const { account, number, card } = await doubtful(acts);
    const refused = await mira.types('credits add', { account: account.reference, amount: '1', reason: 'More' });
    expect(refused.text).toContain(`It is not known yet what came of #${number}`);
    await lena.presses(card, label);
    expect(await stateOf(number)).toBe(state);
    expect(await balance(account)).toBe(held);
    expect(await ours(account)).toBe(moved);
    expect(card.text).toContain(words);
    expect(card.actions).toEqual([]);
    expect((await house.auditLines()).find((line) => line.startsWith(`#${number} `))).toContain(words);
    expect((await house.toldTo(tomasz)).at(-1)).toMatch(
      state === 'succeeded' ? /^It is done: \+30/ : /^It did not happen: \+30/,
    );
    const more = await mira.types('credits add', { account: account.reference, amount: '1', reason: 'More' });
    expect(more.text).toMatch(/^\+1 · /);
    const audited =
      await store.sql`select actor_id from audit where action = 'operation.settle' and operation = ${number}`;
    expect(audited).toEqual([{ actor_id: lena.id }]);
  });
});

describe('nobody says it', () => {
  test('without the right', async () => {
    const { account, card } = await doubtful('before');
    expect((await harmless(house, [account], () => mira.presses(card, 'It happened'))).text).toMatch(
      /^You may not settle/,
    );
  });

  test('who did it, but an owner', async () => {
    const { account, number, card } = await doubtful('before');
    expect((await harmless(house, [account], () => tomasz.presses(card, 'It happened'))).text).toBe(
      'This is what you did yourself. Nothing was changed. Someone else of the team has to say how it ended.',
    );
    await ada.presses(card, 'It happened');
    expect(await stateOf(number)).toBe('succeeded');
  });

  test('twice', async () => {
    const { account, number, card } = await doubtful('before');
    const answers = await Promise.all([lena.presses(card, 'It happened'), ada.presses(card, 'It did not')]);
    expect(answers.filter(({ isPrivate }) => isPrivate)).toHaveLength(1);
    const said = await store.sql`select from audit where action = 'operation.settle' and operation = ${number}`;
    expect(said).toHaveLength(1);
    expect(['succeeded', 'failed']).toContain(await stateOf(number));
    expect(await balance(account)).toBe(150);
  });

  test('of what Steward finds out by itself, or what has ended', async () => {
    const account = await house.customer();
    const given = { account: account.reference, amount: '30', reason: 'Power cut' };
    const done = await tomasz.types('credits add', given);
    const where = { ...IN_STAFF, evenIfHidden: true };
    const said = { operation: `#${numberOf(done)}`, outcome: 'not' };
    const number = Number(done.text.match(/#(\d+)\n/)?.[1]);
    expect(
      (
        await harmless(house, [account], () =>
          lena.types('operations settle', { ...said, operation: `#${number}` }, where),
        )
      ).text,
    ).toBe(`Nobody has to say any more how #${number} ended: it happened. Nothing was changed.`);
  });
});

test('it can be said by command, too', async () => {
  const { number } = await doubtful('before');
  const where = { ...IN_STAFF, evenIfHidden: true };
  const said = await lena.types('operations settle', { operation: `#${number}`, outcome: 'happened' }, where);
  expect(said.text).toContain('settled: it happened, by @lena.vogt');
  expect(said.isPrivate).toBe(true);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
