/** The servers of accounts: looked at, suspended and lifted one by one, and with their account where the panel knows no other way. */
import { describe, expect, test } from 'vitest';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { ELSEWHERE, IN_DM } from './fixtures/people.ts';

/** A panel such as Pterodactyl: it suspends servers, not accounts, and has no credits. */
const hosting = createTestPanel({
  id: 'hosting',
  label: 'Hosting',
  abilities: ['create', 'edit', 'servers'],
  borrows: { credits: true, suspension: true },
});
const house = await startHouse({ beside: hosting });
const { discord, mira, sam, alex } = house;

let made = 0;

/** An account with servers of these names. */
async function customer(names: readonly string[], member?: string): Promise<TestAccount> {
  made += 1;
  const account = await house.account(`owner${made}`, { panel: 'hosting', ...(member ? { member } : {}) });
  for (const name of names) {
    hosting.addServer(account.id, { name, product: 'Game S', url: `https://panel.example.com/server/${name}` });
  }
  return account;
}

const suspended = ({ id }: TestAccount) =>
  hosting.servers(id).flatMap(({ name, status }) => (status === 'suspended' ? [name] : []));

describe('/user servers', () => {
  test('shows each with its status and product, and leads to it in the panel', async () => {
    const account = await customer(['smp', 'lobby']);
    const screen = await sam.types('user servers', { account: account.reference });
    expect(screen.isPrivate).toBe(true);
    expect(screen.text).toBe(
      `Servers of ${account.username} · Name of ${account.username} in Hosting\n2 servers\nsmp\nActive · Game S\nlobby\nActive · Game S`,
    );
    expect(screen.actions).toEqual(['Open in panel', 'Open in panel']);
    expect(JSON.stringify(screen.message.components)).toContain('https://panel.example.com/server/smp');
  });

  test('suspends one for a reason, tells the team, and lifts it again', async () => {
    const account = await customer(['smp', 'lobby']);
    const screen = await mira.types('user servers', { account: account.reference });
    expect(screen.actions).toContain('Suspend lobby');
    const form = await mira.presses(screen, 'Suspend smp');
    expect(form.text).toBe(`For ${account.username} in Hosting`);
    const done = await mira.sends(form, { reason: 'Mining' });
    expect(done.text).toMatch(/^Server suspended · smp · Mining · #\d+\n/);
    expect(done.isPrivate).toBe(false);
    expect(suspended(account)).toEqual(['smp']);
    const undone = await mira.presses(done, 'Undo');
    expect(undone.text).toMatch(/^Suspension of servers lifted · smp · takes back #\d+ · #\d+\n/);
    expect(suspended(account)).toEqual([]);
    await mira.sends(await mira.presses(screen, 'Suspend smp'), { reason: 'Mining' });
    expect((await house.auditLines()).at(-1)).toMatch(/Server suspended · owner\d+ · Hosting · smp · Mining$/);

    const now = await mira.types('user servers', { account: account.reference });
    expect(now.text).toContain('2 servers, 1 suspended\nThe account is active, but not all of its servers are.');
    expect((await mira.presses(now, 'Lift smp')).text).toMatch(/^Suspension of servers lifted · smp · #\d+\n/);
    expect(suspended(account)).toEqual([]);
    expect((await mira.presses(now, 'Lift smp')).text).toBe(
      'There is no suspension to lift: the server is active. Nothing was changed.',
    );
  });

  test('lifts all that are left suspended on an active account, in one operation', async () => {
    const account = await customer(['smp', 'lobby', 'web']);
    for (const { id, name } of hosting.servers(account.id)) {
      if (name === 'web') continue;
      const change = { signal: AbortSignal.timeout(5_000), reference: `by hand ${id}` };
      await hosting.panel.servers?.suspension?.suspend(id, { ...change, step: (_, run) => run() });
    }
    const screen = await mira.types('user servers', { account: account.reference });
    expect((await mira.presses(screen, 'Lift all')).text).toMatch(
      /^Suspension of servers lifted · smp, lobby · #\d+\n/,
    );
    expect(suspended(account)).toEqual([]);
  });

  test('has a menu where buttons would be too many, and pages where one message would be', async () => {
    const account = await customer(Array.from({ length: 10 }, (_, n) => `s${n}`));
    const screen = await mira.types('user servers', { account: account.reference });
    expect(screen.text).toContain('s7');
    expect(screen.text).not.toContain('s8');
    const form = await mira.picks(screen, 'Suspend or lift a server…', 'Suspend s3');
    await mira.sends(form, { reason: 'Mining' });
    expect(suspended(account)).toEqual(['s3']);
    const next = await mira.presses(screen, 'Next');
    expect(next.text).toContain('s9');
    expect(next.actions).toEqual(expect.arrayContaining(['Suspend s8', 'Suspend s9', 'Back', 'Next']));
  });

  test('says so where there are none, and where the panel shows none', async () => {
    const account = await customer([]);
    expect((await mira.types('user servers', { account: account.reference })).text).toContain(
      'This account has no servers.',
    );
    const elsewhere = await house.account('elsewhere');
    expect((await mira.types('user servers', { account: elsewhere.reference })).text).toMatch(
      /Harbour Panel cannot show the servers of accounts/,
    );
  });

  test('does not take a hidden list for an empty one', async () => {
    const account = await customer(['smp']);
    hosting.failNext('servers.list', { kind: 'refuse', failure: 'forbidden' });
    const screen = await mira.types('user servers', { account: account.reference });
    expect(screen.text).not.toContain('no servers');
    expect(screen.text).toMatch(/Hosting/);
  });
});

describe('on a panel that suspends servers only', () => {
  test('suspending an account says how many servers it took, on the answer and the card, and lifting brings them back', async () => {
    const account = await customer(['smp', 'lobby']);
    const done = await mira.types('user suspend', { account: account.reference, reason: 'Chargeback' });
    expect(done.text).toMatch(/^Suspended · 2 servers suspended · Chargeback · #\d+\n/);
    expect(suspended(account)).toEqual(['smp', 'lobby']);
    const card = await mira.types('user view', { account: account.reference });
    expect(card.text).toMatch(/^Suspended by @mira/);
    expect(card.text).toMatch(/Servers\W+2 servers, all suspended/);
    const lifted = await mira.presses(card, 'Lift suspension');
    expect(lifted.text).toMatch(/^Suspension lifted · #\d+\n/);
    expect(suspended(account)).toEqual([]);
  });

  test('one that stops half way names what is done and what is not', async () => {
    const account = await customer(['smp', 'lobby']);
    hosting.failNext('server.suspend', { kind: 'wait', for: Promise.resolve() });
    hosting.failNext('server.suspend', { kind: 'refuse', failure: 'unreachable' });
    const done = await mira.types('user suspend', { account: account.reference, reason: 'Chargeback' });
    const [, number] = /\(#(\d+)\)/.exec(done.text) ?? [];
    const shown = await mira.types('operations show', { operation: number ?? '' });
    const [smp, lobby] = hosting.servers(account.id);
    expect(shown.text).toContain(`✓ noted as suspended\n✓ server ${smp?.id}\n✗ server ${lobby?.id}`);
  });

  test('credits are kept by Steward', async () => {
    const account = await customer([]);
    const given = await mira.types('credits add', { account: account.reference, amount: '5.25', reason: 'Prize' });
    expect(given.text).toMatch(/^\+5\.25 · 0 → 5\.25 · Prize/);
    expect((await mira.types('user view', { account: account.reference })).text).toContain('5.25 credits');
    expect((await mira.presses(given, 'Undo')).text).toMatch(/^−5\.25 · 5\.25 → 0/);
  });
});

describe('/account servers', () => {
  test('shows members their own, to look at, also in a direct message', async () => {
    await customer(['smp'], alex.id);
    for (const where of [ELSEWHERE, IN_DM]) {
      const screen = await alex.types('account servers', {}, where);
      expect(screen.isPrivate || where === IN_DM).toBe(true);
      expect(screen.text).toBe('Your servers in Hosting\n1 server\nsmp\nActive · Game S');
      expect(screen.actions).toEqual(['Open in panel']);
      const card = await alex.types('account view', {}, where);
      expect((await alex.presses(card, 'Servers')).text).toBe(screen.text);
    }
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
