import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { deleteAccount } from '../../../src/services/accounts/delete.ts';
import { editAccount } from '../../../src/services/accounts/edit.ts';
import { checkChain } from '../../../src/services/audit/check.ts';
import { forgetOld, forgetOneself } from '../../../src/services/audit/forget.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { recordLookup } from '../../../src/services/directory/lookup.ts';
import { setLink } from '../../../src/services/links/set.ts';
import { withoutPersonal } from '../../../src/services/operations/forget.ts';
import { readRecord } from '../../../src/services/operations/read.ts';
import { testStore } from '../../harness/database.ts';
import { sealAll } from '../../harness/sealing.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const panel = createTestPanel();
const services = await testServices(store, { panels: [panel.panel] });
const { sql } = store;
/** Who made an account gives it no credits for a while. */
const ACCOUNTANT = '700';
await giveGrant(services, { userId: ACCOUNTANT, preset: 'accountant' });

/** Somebody with an account that was made, edited and credited, four days ago. */
async function customer(userId: string, name: string) {
  const made = await createAccount(contextOf(services, OWNER), {
    panel: null,
    values: { email: `${name}@example.com`, username: name },
    memberId: userId,
  });
  if (made.kind !== 'done') throw new Error('the account was not made');
  const target = { panel: 'test', accountId: made.result.account.id };
  await editAccount(contextOf(services, OWNER), { target, values: { name: `${name} the Great` }, expected: null });
  await grantCredits(contextOf(services, ACCOUNTANT), { target, amount: '5', reason: 'Event prize' });
  await sql`insert into people (user_id, told) values (${userId}, false)`;
  await age('4 days', target.accountId);
  return target;
}

/** By moving what is stored into the past. */
async function age(interval: string, accountId: string) {
  await sql`
    update operations set created_at = created_at - ${interval}::interval, ended_at = ended_at - ${interval}::interval
    where account_id = ${accountId}`;
}

/** All that is stored with a word in it, by table; but for what the panel itself has, and shows. */
async function tracesOf(word: string): Promise<string[]> {
  const tables = [
    'operations',
    'operation_steps',
    'audit',
    'audit_personal',
    'notices',
    'ledger',
    'people',
    'approvals',
  ];
  const found = await Promise.all(
    tables.map(async (table) => {
      const rows = await sql`select from ${sql(table)} as entry where strpos(entry::text, ${word}) > 0`;
      return rows.length > 0 ? [table] : [];
    }),
  );
  return found.flat();
}

const lastForgotten = async () =>
  (await sql`select actor_id, member_id, facts from audit where action = 'audit.forget' order by id desc limit 1`)[0];

describe('a person who asks to be forgotten', () => {
  it('leaves no name and no address, and all that was done, under a chain that is whole', async () => {
    const { accountId } = await customer('501', 'alexandra');
    const { accountId: otherId } = await customer('502', 'bertram');
    expect(await tracesOf('alexandra')).toEqual(['operations', 'audit_personal']);
    const before =
      await sql`select number, verb, state, delta_minor, reason from operations where account_id = ${accountId} order by number`;
    await sealAll(services);

    expect(await forgetOneself(contextOf(services, '501'))).toEqual({ rows: 2, operations: 3, later: 0 });

    expect(await tracesOf('alexandra')).toEqual([]);
    expect(await tracesOf('bertram')).toEqual(['operations', 'audit_personal']);
    const after =
      await sql`select number, verb, state, delta_minor, reason from operations where account_id = ${accountId} order by number`;
    expect(after).toEqual(before);
    expect(await sql`select told from people where user_id = '501'`).toEqual([]);
    await sealAll(services);
    expect(await checkChain(sql, services.auditKey)).toMatchObject({ fault: null });
    expect(await lastForgotten()).toEqual({
      actor_id: '501',
      member_id: '501',
      facts: { rows: 2, operations: 3, later: 0 },
    });
    expect(otherId).not.toBe(accountId);
  });

  it('is forgotten where somebody looked an account up by an address of theirs, of now or of before', async () => {
    await giveGrant(services, { userId: '590', permission: 'accounts.view' });
    const { accountId } = await customer('508', 'ida');
    const values = { email: 'ida@example.org' };
    await editAccount(contextOf(services, OWNER), {
      target: { panel: 'test', accountId },
      values,
      expected: null,
    });
    await age('4 days', accountId);
    for (const email of ['Ida@example.com', 'ida@example.org', 'another@example.org'])
      await recordLookup(contextOf(services, '590'), { email, panels: ['test'], found: 1 });
    await forgetOneself(contextOf(services, '508'));
    expect(await tracesOf('da@example')).toEqual([]);
    expect(await tracesOf('another@example.org')).toEqual(['audit_personal']);
    await sql`delete from audit_personal where values ->> 'email' = 'another@example.org'`;
  });

  it('leaves no part of their name, of panels that keep the parts of it', async () => {
    const parts = createTestPanel({ id: 'parts', names: 'parts' });
    const others = await testServices(store, { panels: [parts.panel] });
    const values = {
      email: 'ida@example.net',
      username: 'ida1',
      firstName: 'Idalina',
      lastName: 'Ferreira',
      language: 'en',
    };
    const made = await createAccount(contextOf(others, OWNER), { panel: 'parts', values, memberId: '521' });
    if (made.kind !== 'done') throw new Error('the account was not made');
    const target = { panel: 'parts', accountId: made.result.account.id };
    const renamed = { firstName: 'Idalina Maria' };
    await editAccount(contextOf(others, OWNER), { target, values: renamed, expected: null });
    await age('4 days', target.accountId);
    expect(await tracesOf('Idalina')).toEqual(['operations', 'audit_personal']);
    await forgetOneself(contextOf(others, '521'));
    expect(await tracesOf('Idalina')).toEqual([]);
    expect(await tracesOf('Ferreira')).toEqual([]);
  });

  it('leaves nothing of the name that was typed to delete their account', async () => {
    const { accountId } = await customer('509', 'konrad');
    const target = { panel: 'test', accountId };
    await deleteAccount(contextOf(services, OWNER), { target, reason: 'Asked for it', typedUsername: 'konrad' });
    await age('10 days', accountId);
    await sql`update operations set due_at = due_at - interval '10 days' where account_id = ${accountId}`;
    await forgetOneself(contextOf(services, '509'));
    expect(await tracesOf('konrad')).toEqual([]);
  });

  it('can still be read about', async () => {
    const [operation] = await sql<{ number: bigint }[]>`
      select number from operations where member_id = '501' and verb = 'account.edit'`;
    const record = await readRecord(services, Number(operation?.number));
    expect(record).toMatchObject({ username: null, operation: { verb: 'account.edit', memberId: '501' } });
  });

  it('is forgotten once: the same request delivered again says the same, and forgets nothing more', async () => {
    await customer('503', 'cornelia');
    const origin = 'an interaction';
    const first = await forgetOneself(contextOf(services, '503', { origin }));
    await customer('504', 'dorothea');
    await sql`update links set removed_at = now(), removed_by = 'test' where user_id = '503'`;
    await sql`update links set user_id = '503' where user_id = '504'`;
    expect(await forgetOneself(contextOf(services, '503', { origin }))).toEqual(first);
    expect(await tracesOf('dorothea')).toEqual(['operations', 'audit_personal']);
  });

  it('is forgotten in what was done to the account before it was theirs, and not in what is another’s by now', async () => {
    const target = await customer('505', 'emilia');
    await sql`update links set removed_at = now(), removed_by = 'test' where user_id = '505'`;
    await sql`update operations set member_id = null where account_id = ${target.accountId}`;
    await setLink(contextOf(services, OWNER), { target, memberId: '506' });
    await forgetOneself(contextOf(services, '505'));
    expect(await tracesOf('emilia')).toContain('operations');
    await forgetOneself(contextOf(services, '506'));
    expect(await tracesOf('emilia')).toEqual([]);
  });

  it('is forgotten later where something can still be taken back, or goes on', async () => {
    const target = await customer('507', 'friederike');
    const edit = (name: string) =>
      editAccount(contextOf(services, OWNER), { target, values: { name }, expected: null });
    await edit('friederike of today');
    const [waiting] = await sql<{ number: bigint }[]>`
      update operations set due_at = now() + interval '1 day' where account_id = ${target.accountId} and verb = 'credits.grant'
      returning number`;
    expect(await forgetOneself(contextOf(services, '507'))).toMatchObject({ operations: 2, later: 2 });
    expect(await tracesOf('friederike')).toEqual(['operations']);

    await forgetOld(services);
    expect(await tracesOf('friederike of today')).toEqual(['operations']);
    await age('3 days', target.accountId);
    await sql`update operations set due_at = now() - interval '1 minute' where number = ${waiting?.number ?? 0n}`;
    expect(await forgetOld(services)).toEqual({ rows: 0, operations: 2 });
    expect(await tracesOf('friederike')).toEqual([]);
    expect(await lastForgotten()).toMatchObject({ actor_id: 'system:forget', facts: { operations: 2 } });
  });
});

describe('what is older than the team keeps it', () => {
  it('is forgotten by itself, and recorded only where there was something', async () => {
    await giveGrant(services, { userId: '600', permission: 'accounts.view' });
    await recordLookup(contextOf(services, '600'), { email: 'gottfried@example.com', panels: ['test'], found: 0 });
    const target = await customer('601', 'gottfried');
    await sql`alter table audit disable trigger audit_only_grows`;
    await sql`update audit set at = at - interval '25 months' where account_id = ${target.accountId} or action = 'account.lookup'`;
    await sql`alter table audit enable trigger audit_only_grows`;
    await age('25 months', target.accountId);
    const young = await customer('602', 'hildegard');

    expect(await forgetOld(services)).toEqual({ rows: 3, operations: 3 });
    expect(await tracesOf('gottfried')).toEqual([]);
    expect(await tracesOf('hildegard')).toEqual(['operations', 'audit_personal']);
    const recorded = await lastForgotten();
    expect(recorded).toEqual({
      actor_id: 'system:forget',
      member_id: null,
      facts: { rows: 3, operations: 3, months: 24 },
    });
    expect(await forgetOld(services)).toEqual({ rows: 0, operations: 0 });
    expect(await lastForgotten()).toEqual(recorded);
    expect(young.accountId).not.toBe(target.accountId);
  });
});

describe('stored JSON without its personal values', () => {
  it('keeps its shape and everything else', () => {
    const stored = {
      before: {
        email: 'a@example.com',
        username: 'a',
        name: null,
        roles: ['name'],
        balance: { minor: { $bigint: '5' } },
      },
      steps: [{ username: 'a', done: true }],
      email: 7,
    };
    expect(withoutPersonal(stored)).toEqual({
      before: { email: null, username: null, name: null, roles: ['name'], balance: { minor: { $bigint: '5' } } },
      steps: [{ username: null, done: true }],
      email: 7,
    });
    expect(withoutPersonal(null)).toBeNull();
  });
});
