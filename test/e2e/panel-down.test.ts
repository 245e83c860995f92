/** One of two panels is down: it takes nothing else with it, and what is known of its accounts is still there to be seen. */
import { describe, expect, test } from 'vitest';
import { silence } from '../harness/silence.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_DM } from './fixtures/people.ts';

const beside = createTestPanel({ id: 'games', label: 'Game panel' });
const QUICK = { restMs: 60_000, soonMs: 50, slowestMs: 100, timeoutMs: 1_000 };
const house = await startHouse({ beside, guardPace: QUICK });
const { store, services, tomasz, mira, sam, alex, jo } = house;

const game = await house.account('gamer', { member: alex.id, panel: 'games' });
const unlinked = await house.account('lonely', { panel: 'games' });
const main = await house.account('mainone', { member: jo.id });

/** Nothing that a person does finds out that it is down: that is the guard's to do. */
async function whileDown(run: () => Promise<void>): Promise<void> {
  const silent = silence(beside);
  const { services: known } = house;
  for (let time = 0; known.panels.health('games').state !== 'down' && time < 10; time += 1) {
    await known.panels
      .get('games')
      .get('1', { signal: AbortSignal.timeout(5_000) })
      .catch(() => null);
  }
  try {
    await run();
  } finally {
    silent.end();
    await expect.poll(() => services.panels.health('games').state).toBe('up');
  }
}

const operations = async () => (await store.sql`select from operations`).length;

describe('a panel that is down', () => {
  test('has its accounts shown as they were last seen, with their age, and no button that needs it', async () => {
    await store.sql`update directory set seen_at = now() - interval '5 minutes' where account_id = ${game.id}`;
    const before = await tomasz.types('user view', { account: game.reference });
    expect(before.actions).toContain('Give credits');
    await store.sql`update directory set seen_at = now() - interval '5 minutes' where account_id = ${game.id}`;
    await whileDown(async () => {
      const card = await tomasz.types('user view', { account: game.reference });
      expect(card.text).toMatch(/^Game panel cannot be reached right now\. This is how the account was /);
      expect(card.text).toContain('gamer');
      expect(card.text).toContain('120');
      expect(card.actions).toEqual(
        expect.arrayContaining(['Notes', 'History', 'Ledger', 'Reveal e-mail', 'Show here']),
      );
      for (const action of ['Give credits', 'Take credits', 'Suspend', 'Edit', 'Change role', 'Delete…']) {
        expect(card.actions).not.toContain(action);
      }
      const minutesAgo = /how the account was <t:(\d+):R>/.exec(card.source)?.[1];
      expect(Date.now() / 1_000 - Number(minutesAgo)).toBeGreaterThan(290);
      expect((await tomasz.presses(card, 'Reveal e-mail')).text).toContain('gamer@example.com');
      expect((await tomasz.presses(card, 'History')).text).toContain('gamer');
      expect((await tomasz.presses(card, 'Ledger')).text).toContain('gamer');
      expect((await tomasz.rightClicks('View account', alex.id)).text).toContain('gamer');
    });
    const after = await tomasz.types('user view', { account: game.reference });
    expect(after.text).toMatch(/^Active/);
    expect(after.actions).toContain('Give credits');
  });

  test('lets members see their own account as it was', async () => {
    await whileDown(async () => {
      const card = await alex.types('account view', {}, IN_DM);
      expect(card.text).toMatch(/^Game panel cannot be reached right now\. This is how the account was /);
      expect(card.actions).toEqual(['History']);
    });
  });

  test('refuses every change in words, and states none', async () => {
    const stated = await operations();
    await whileDown(async () => {
      const refused = [
        await mira.types('credits add', { account: game.reference, amount: '5', reason: 'Power cut' }),
        await tomasz.types('user suspend', { account: game.reference, reason: 'Power cut' }),
        await tomasz.types('user create', { email: 'n@example.com', username: 'newone', panel: 'games' }),
      ];
      for (const { text } of refused) {
        expect(text).toBe('Game panel cannot be reached right now. Nothing was changed. Try again in a minute.');
      }
    });
    expect(await operations()).toBe(stated);
  });

  test('leaves lists, completion and forms as they are', async () => {
    await whileDown(async () => {
      expect((await sam.types('user list', { query: 'gamer' })).text).toContain('gamer');
      const choices = await house.discord.as(sam.id).autocomplete('user view', { account: 'gam' }, 'account');
      expect(choices).toHaveLength(1);
      const form = await mira.rightClicks('Give credits', alex.id);
      expect(form.text).toBe('For gamer (@alex) in Game panel');
    });
  });

  test('hides nothing of the other: accounts there are found and changed', async () => {
    const stranger = await services.panels
      .get('main')
      .create?.create(
        { email: 'stranger@example.com', username: 'stranger' },
        { signal: AbortSignal.timeout(5_000), reference: 'stranger', step: (_, run) => run() },
      );
    await whileDown(async () => {
      const found = await tomasz.types('user view', { account: 'stranger@example.com' });
      expect(found.text).toContain('stranger');
      expect(stranger?.panel).toBe('main');
      const given = await mira.types('credits add', { account: main.reference, amount: '5', reason: 'Power cut' });
      expect(given.text).toMatch(/^\+5 · 120 → 125/);
    });
  });

  test('is named where nothing was found elsewhere, because it might have been there', async () => {
    await whileDown(async () => {
      const missing = await tomasz.types('user view', { account: 'nobody@example.com' });
      expect(missing.text).toBe('Game panel cannot be reached right now. Nothing was changed. Try again in a minute.');
      const similar = await tomasz.types('user view', { account: 'lonel' });
      expect(similar.text).toBe('Several accounts match. Which one?');
      const picked = await tomasz.picks(similar, 'Choose an account…', unlinked.username);
      expect(picked.text).toContain(unlinked.username);
    });
    expect((await tomasz.types('user view', { account: 'nobody@example.com' })).text).toMatch(/^No account was found/);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(house.discord.violations).toEqual([]);
});
