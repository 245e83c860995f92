import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { money } from '../../src/domain/money.ts';
import { createBuiltinPanel } from '../../src/panels/builtin/panel.ts';
import { type Change, type Panel, requireAbility } from '../../src/panels/panel.ts';
import { open } from '../../src/store/connect.ts';
import { panelContract } from '../contract/panel.ts';
import { testDatabase, testStore } from '../harness/database.ts';

const store = await testStore();
const { sql } = store;
const panel = createBuiltinPanel({ id: 'main', label: 'Main', sql });
const signal = new AbortController().signal;

async function given({
  email,
  username,
  balance,
}: {
  email: string;
  username: string;
  balance: number;
}): Promise<Account> {
  const [row] = await sql<{ id: bigint }[]>`
    insert into builtin_accounts (panel, email, username, roles, balance_minor)
    values ('main', ${email}, ${username}, '{customer}', ${BigInt(balance) * 100n}) returning id`;
  const account = await panel.get(String(row?.id), { signal });
  if (!account) throw new Error('the account was not stored');
  return account;
}

panelContract('the built-in panel', { panel, given, absentIds: ['1', '999', '900000000', '999999999999999999'] });

describe('the built-in panel', () => {
  const credits = requireAbility(panel, 'credits');
  const one = money(100n, credits.traits.unit);
  const change = (reference: string = randomUUID(), until = signal): Change => ({
    signal: until,
    reference,
    step: (_name, run) => run(),
  });
  const someone = (balance = 10) => {
    const username = `u${randomUUID().slice(0, 8)}`;
    return given({ email: `${username}@example.com`, username, balance });
  };
  const create = (values: { email: string; username: string }, on: Panel = panel) =>
    requireAbility(on, 'create').create(values, change());

  it('gives a new account the customer’s role and no credits', async () => {
    const created = await create({ email: 'new@example.com', username: 'new.account' });
    expect(created).toMatchObject({ roles: ['customer'], balance: { minor: 0n }, verified: false, name: null });
  });

  it('keeps the e-mail and username of a deleted account taken', async () => {
    const { id, email, username } = await someone();
    await requireAbility(panel, 'deletion').delete(id, change());
    await expect(create({ email, username: 'somebody.else' })).rejects.toMatchObject({
      kind: 'conflict',
      detail: 'email',
    });
    await expect(create({ email: 'else@example.com', username })).rejects.toMatchObject({
      kind: 'conflict',
      detail: 'username',
    });
  });

  it('takes a changed e-mail for unverified, and an unchanged one as it was', async () => {
    const { id, email } = await someone();
    await requireAbility(panel, 'verification').verify(id, change());
    const edit = requireAbility(panel, 'edit');
    expect(await edit.edit(id, { email: email.toUpperCase() }, change())).toMatchObject({ verified: true });
    expect(await edit.edit(id, { email: `other.${email}` }, change())).toMatchObject({ verified: false });
  });

  it('clears a name that was emptied', async () => {
    const { id } = await someone();
    const edit = requireAbility(panel, 'edit');
    expect(await edit.edit(id, { name: ' Ada Example ' }, change())).toMatchObject({ name: 'Ada Example' });
    expect(await edit.edit(id, { name: '' }, change())).toMatchObject({ name: null });
  });

  it('shares its tables with another built-in panel, which sees none of its accounts, receipts or names', async () => {
    const other = createBuiltinPanel({ id: 'eu', label: 'Europe', sql });
    const { id, email, username } = await someone();
    const reference = randomUUID();
    await credits.add(id, one, change(reference));
    expect(await other.get(id, { signal })).toBeNull();
    expect((await other.list({ after: null, limit: 100 }, { signal })).accounts).toEqual([]);
    expect(await other.receipts?.receipt(reference, { signal })).toBeNull();
    expect(await create({ email, username }, other)).toMatchObject({ panel: 'eu', email, username });
  });

  it('writes a receipt with its effect or neither, when the effect cannot be written', async () => {
    const { id } = await someone();
    const reference = randomUUID();
    const largest = money(2n ** 63n - 1n, credits.traits.unit);
    await expect(credits.add(id, largest, change(reference))).rejects.toMatchObject({
      kind: 'rejected',
      effect: 'none',
    });
    expect(await panel.receipts?.receipt(reference, { signal })).toBeNull();
    expect((await panel.get(id, { signal }))?.balance).toEqual(money(1000n, credits.traits.unit));
  });

  it('cannot say what became of a change that its caller gave up, and tells by the receipt later', async () => {
    const { id } = await someone();
    const reference = randomUUID();
    const patience = new AbortController();
    await sql.begin(async (transaction) => {
      await transaction`select from builtin_accounts where id = ${BigInt(id)} for update`;
      const attempt = credits.add(id, one, change(reference, patience.signal));
      await untilWaiting();
      patience.abort();
      await expect(attempt).rejects.toMatchObject({ kind: 'timeout', effect: 'unknown' });
    });
    await expect.poll(() => panel.receipts?.receipt(reference, { signal })).toEqual({ accountId: id });
    expect((await panel.get(id, { signal }))?.balance).toEqual(money(1100n, credits.traits.unit));
  });

  it('cannot say what became of a change whose connection broke', async () => {
    const { id } = await someone();
    const reference = randomUUID();
    await sql.begin(async (transaction) => {
      await transaction`select from builtin_accounts where id = ${BigInt(id)} for update`;
      const attempt = credits.add(id, one, change(reference));
      const failure = expect(attempt).rejects.toMatchObject({ kind: 'unreachable', effect: 'unknown' });
      await transaction`select pg_terminate_backend(${await untilWaiting()})`;
      await failure;
    });
    expect((await panel.get(id, { signal }))?.balance).toEqual(money(1000n, credits.traits.unit));
  });

  it('says that nothing happened when the database cannot be reached at all', async () => {
    const database = await testDatabase();
    const closed = open(database.url, pino({ level: 'silent' }));
    const unreachable = createBuiltinPanel({ id: 'main', label: 'Main', sql: closed.sql });
    await closed.close();
    await database.drop();
    const attempt = requireAbility(unreachable, 'credits').add('1001', one, change());
    await expect(attempt).rejects.toMatchObject({ kind: 'unreachable', effect: 'none' });
    await expect(unreachable.probe({ signal })).rejects.toMatchObject({ kind: 'unreachable', effect: 'none' });
  });
});

/** Waits until a statement of the panel waits for a lock, and gives the process id of its connection. */
async function untilWaiting(): Promise<number> {
  const waiting = async () => {
    const [row] = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%builtin_receipts%'`;
    return row?.pid ?? null;
  };
  await expect.poll(waiting).not.toBeNull();
  return (await waiting()) ?? 0;
}
