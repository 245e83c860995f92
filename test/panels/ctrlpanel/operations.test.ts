import { expect, it } from 'vitest';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import type { Outcome } from '../../../src/services/operation.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { sceneOf, someone } from './subject.ts';

const store = await testStore();
let scenes = 0;

async function scene() {
  scenes += 1;
  const made = await sceneOf({}, { id: `c${scenes}` });
  const services = await testServices(store, { panels: [made.panel] });
  return { ...made, services, ctx: () => contextOf(services, OWNER) };
}

async function unknown(outcome: Promise<Outcome<unknown>>): Promise<number> {
  const ended = await outcome;
  if (ended.kind !== 'unknown') throw new Error(`it is ${ended.kind}`);
  return ended.operation.number;
}

/** Looks for what came of it, once the panel cannot act late any more. */
async function settled({ services }: Awaited<ReturnType<typeof scene>>, number: number) {
  await store.sql`update operations set settle_at = now() - interval '1 second' where number = ${number}`;
  await settleDue(services);
  const [row] = await store.sql<{ state: string; settled_by: string | null; doubt: { why: string } | null }[]>`
    select state, settled_by, doubt from operations where number = ${number}`;
  return row;
}

const someoneNew = { email: 'someone@example.com', username: 'someone' };

it.each([true, false])(
  'takes up a creation whose answer was lost, by itself and with one account; it had acted: %s',
  async (acts) => {
    const here = await scene();
    const { panel, double, ctx } = here;
    double.failNext({ method: 'POST', path: /users$/ }, { kind: 'reset', acts });
    const asked = { panel: panel.id, values: someoneNew, memberId: null };
    const number = await unknown(createAccount(ctx(), asked));
    expect(await settled(here, number)).toMatchObject({ state: 'succeeded', settled_by: 'resumed' });
    expect(double.users().map(({ name, isPasswordHashed }) => [name, isPasswordHashed])).toEqual([['someone', true]]);
  },
);

it('finishes a creation that stopped after the account was made', async () => {
  const here = await scene();
  const { panel, double, ctx } = here;
  double.failNext({ method: 'PATCH', path: /users\/\d+$/ }, { kind: 'reset', acts: false });
  const asked = { panel: panel.id, values: someoneNew, memberId: null };
  const number = await unknown(createAccount(ctx(), asked));
  expect(await settled(here, number)).toMatchObject({ state: 'succeeded', settled_by: 'resumed' });
  expect(double.users().map(({ isPasswordHashed }) => isPasswordHashed)).toEqual([true]);
});

it('fails at once where surely nothing was created, which leaves nothing to look for', async () => {
  const { panel, double, ctx } = await scene();
  const { email } = someone(double);
  const asked = { panel: panel.id, values: { email, username: 'someone' }, memberId: null };
  expect(await refusal(createAccount(ctx(), asked))).toBe('account.taken');
  double.setCreationEnabled(false);
  expect(await refusal(createAccount(ctx(), { ...asked, values: someoneNew }))).toBe('panel.failed');
  const open = await store.sql`select from operations where panel = ${panel.id} and state = 'unknown'`;
  expect(open).toHaveLength(0);
});

it('asks a person about credits whose answer was lost, for others move them too', async () => {
  const here = await scene();
  const { panel, double, ctx } = here;
  const user = someone(double);
  const target = { panel: panel.id, accountId: String(user.id) };
  double.failNext({ method: 'PATCH', path: /increment/ }, { kind: 'reset', acts: true });
  const number = await unknown(grantCredits(ctx(), { target, amount: '8.03', reason: 'Prize' }));
  expect(await settled(here, number)).toMatchObject({ state: 'unknown', doubt: { why: 'balance' } });
  expect(user.creditsMilli).toBe(18_030n);
});

it('writes to the ledger what the panel answered', async () => {
  const { panel, double, ctx } = await scene();
  const user = someone(double, { creditsMilli: 2_010n });
  const target = { panel: panel.id, accountId: String(user.id) };
  await grantCredits(ctx(), { target, amount: '8.03', reason: 'Prize' });
  await setCredits(ctx(), { target, amount: '3.5', reason: 'Correction' });
  const rows = await store.sql<{ kind: string; delta_minor: bigint; balance_minor: bigint }[]>`
    select kind, delta_minor, balance_minor from ledger where panel = ${panel.id} order by id`;
  expect(rows.map((row) => [row.kind, row.delta_minor, row.balance_minor])).toEqual([
    ['outside', 2_010n, 2_010n],
    ['ours', 8_030n, 10_040n],
    ['ours', -6_540n, 3_500n],
  ]);
});

it('finds out by looking that a suspension happened whose answer was lost', async () => {
  const here = await scene();
  const { panel, double, ctx } = here;
  const user = someone(double);
  const target = { panel: panel.id, accountId: String(user.id) };
  double.failNext({ method: 'PATCH', path: /suspend$/ }, { kind: 'reset', acts: true });
  const number = await unknown(suspendAccount(ctx(), { target, reason: 'Chargeback' }));
  expect(await settled(here, number)).toMatchObject({ state: 'succeeded', settled_by: 'state' });
});

it('suspends nobody for a time, for lifting does not start the servers', async () => {
  const { panel, double, ctx } = await scene();
  const target = { panel: panel.id, accountId: String(someone(double).id) };
  const attempt = suspendAccount(ctx(), { target, reason: 'Chargeback', durationMs: 60_000 });
  expect(await refusal(attempt)).toBe('suspension.irreversible');
});
