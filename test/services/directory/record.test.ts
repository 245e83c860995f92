import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { money } from '../../../src/domain/money.ts';
import { directoryRow } from '../../../src/services/directory/find.ts';
import { recordAccounts, recordVanished } from '../../../src/services/directory/record.ts';
import { testStore } from '../../harness/database.ts';
import { testServices } from '../../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });

let made = 0;
function someone(changed: Partial<Account> = {}): Account {
  made += 1;
  return {
    panel: 'test',
    id: `r-${made}`,
    email: `r${made}@example.com`,
    username: `recorded${made}`,
    name: null,
    status: 'active',
    roles: ['client'],
    administrator: false,
    verified: null,
    balance: money(1_500n, { code: 'coins', scale: 3 }),
    discordId: null,
    createdAt: new Date('2026-03-01T12:00:00.123Z'),
    details: { serverLimit: 3, twoFactor: true },
    ...changed,
  };
}
const rowOf = ({ panel, id }: Account) => directoryRow(services, { panel, accountId: id });
const at = (iso: string) => ({ ...services, clock: { now: () => new Date(iso) } });

describe('the directory', () => {
  it('knows an account as it was seen', async () => {
    const account = someone({ name: 'Zoë “Z” \u{1f980}', roles: ['a, b', '"c"', '{d}'], verified: true });
    await recordAccounts(at('2026-11-21T10:00:00Z'), [account]);
    expect(await rowOf(account)).toEqual({
      panel: 'test',
      accountId: account.id,
      username: account.username,
      name: account.name,
      status: 'active',
      roles: account.roles,
      administrator: false,
      verified: true,
      balance: account.balance,
      linkedTo: null,
      createdAt: account.createdAt,
      seenAt: new Date('2026-11-21T10:00:00Z'),
    });
  });

  it('knows nothing of an account that was never seen', async () => {
    expect(await rowOf(someone())).toBeNull();
  });

  it('keeps amounts that no float could', async () => {
    const account = someone({ balance: money(9_007_199_254_740_993n, { code: 'coins', scale: 3 }) });
    await recordAccounts(services, [account]);
    expect((await rowOf(account))?.balance).toEqual(account.balance);
  });

  it('keeps the later of two sightings, whichever arrives first', async () => {
    const account = someone();
    await recordAccounts(at('2026-11-21T10:00:05Z'), [{ ...account, status: 'suspended' }]);
    await recordAccounts(at('2026-11-21T10:00:00Z'), [account]);
    expect(await rowOf(account)).toMatchObject({ status: 'suspended', seenAt: new Date('2026-11-21T10:00:05Z') });
  });

  it('writes nothing when the same was recorded a moment ago, and everything that changed', async () => {
    const account = someone();
    await recordAccounts(at('2026-11-21T10:00:00Z'), [account]);
    await recordAccounts(at('2026-11-21T10:00:01Z'), [account]);
    expect((await rowOf(account))?.seenAt).toEqual(new Date('2026-11-21T10:00:00Z'));
    const balance = money(1_501n, { code: 'coins', scale: 3 });
    await recordAccounts(at('2026-11-21T10:00:02Z'), [{ ...account, balance }]);
    expect(await rowOf(account)).toMatchObject({ balance, seenAt: new Date('2026-11-21T10:00:02Z') });
  });

  it('takes many at once, the same one twice among them', async () => {
    const accounts = Array.from({ length: 500 }, () => someone());
    const [first] = accounts;
    if (!first) throw new Error('there are many');
    await recordAccounts(services, [...accounts, { ...first, name: 'Last one counts' }]);
    const known = await store.sql`select from directory where account_id = any(${accounts.map(({ id }) => id)})`;
    expect(known).toHaveLength(500);
    expect((await rowOf(first))?.name).toBe('Last one counts');
  });

  it('records overlapping lists from two sides at once', async () => {
    const accounts = Array.from({ length: 50 }, () => someone());
    await Promise.all([recordAccounts(services, accounts), recordAccounts(services, accounts.toReversed())]);
    expect(await store.sql`select from directory where account_id = any(${accounts.map(({ id }) => id)})`).toHaveLength(
      50,
    );
  });

  it('survives what a panel sends and a database cannot hold', async () => {
    const account = someone({ username: 'nul\u0000', name: '\ud800half' });
    await recordAccounts(services, [account]);
    expect(await rowOf(account)).toMatchObject({ username: 'nul', name: '\ufffdhalf' });
  });

  it('forgets that an account vanished when it is seen again', async () => {
    const account = someone();
    const vanished = () =>
      store.sql`select from directory where account_id = ${account.id} and vanished_at is not null`;
    await recordAccounts(services, [account]);
    await recordVanished(services, { panel: account.panel, accountId: account.id });
    expect(await vanished()).toHaveLength(1);
    await recordAccounts(services, [account]);
    expect(await vanished()).toHaveLength(0);
  });
});
