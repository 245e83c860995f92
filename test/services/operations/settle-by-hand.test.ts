import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { deleteAccount } from '../../../src/services/accounts/delete.ts';
import { scheduledDeletion } from '../../../src/services/accounts/scheduled-deletion.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { openOperations } from '../../../src/services/operations/pending.ts';
import { type SaidOutcome, settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { fireTimer } from '../../../src/services/timers/fire.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, expectBooksToBalance, refusal, type Scene } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

/** Grants 50, and leaves it as what nobody but a person can settle. The panel has acted, or has not. */
async function doubtfulGrant({ panel, services, mira, target }: Scene, acts: 'never' | 'before'): Promise<number> {
  panel.failNext('credits.add', { kind: 'timeout', acts });
  const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
  if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
  const { number } = outcome.operation;
  await store.sql`
    update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
  return number;
}

/** Says that whoever had worked on an operation came back with the other outcome than the one that is stored. */
async function contradict(number: number, came: 'succeeded' | 'failed', result: object | null = null): Promise<void> {
  await store.sql`
    update operations set late_outcome = ${store.sql.json({ state: came, result } as never)},
      doubt = ${store.sql.json({ why: 'contradiction', came })}
    where number = ${number}`;
}

function say({ services }: Scene, number: number, outcome: SaidOutcome): Promise<void> {
  return settleByHand(contextOf(services, OWNER), { number, outcome });
}

async function ledgerSum(accountId: string, panel: string): Promise<{ ours: bigint; rows: number }> {
  const [row] = await store.sql<{ ours: bigint; rows: number }[]>`
    select coalesce(sum(delta_minor) filter (where kind = 'ours'), 0)::bigint as ours, count(*)::integer as rows
    from ledger where panel = ${panel} and account_id = ${accountId}`;
  return row ?? { ours: 0n, rows: 0 };
}

describe('what people say of two answers', () => {
  it('is recorded once, though two say it at the same moment', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'before');
    await say(here, number, 'not');
    await contradict(number, 'succeeded');
    const said = await Promise.all([1, 2].map(() => refusal(say(here, number, 'happened'))));
    expect(said.toSorted()).toEqual(['none', 'operation.settled']);
    await expectBooksToBalance(store, here.panel, here.target.accountId);
  });

  it('is waited for among what is open, though it was settled once', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'before');
    await say(here, number, 'not');
    await contradict(number, 'succeeded');
    const open = async () => (await openOperations(contextOf(here.services, OWNER), 0)).records;
    expect((await open()).map(({ operation }) => operation.number)).toEqual([number]);
    await say(here, number, 'happened');
    expect(await open()).toEqual([]);
  });

  it('cannot be that it is tried again', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'before');
    await say(here, number, 'happened');
    await contradict(number, 'failed');
    expect(await refusal(say(here, number, 'again'))).toBe('operation.settled');
    await expectBooksToBalance(store, here.panel, here.target.accountId);
  });

  it('keeps what did not happen from being taken back', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'never');
    await say(here, number, 'happened');
    await contradict(number, 'failed');
    await say(here, number, 'not');
    expect(await refusal(undoOperation(contextOf(here.services, OWNER), number))).toBe('undo.impossible');
    expect(here.panel.read(here.target.accountId).balance?.minor).toBe(120_000n);
  });

  it('keeps what was taken back after all from being taken back twice', async () => {
    const here = await scene();
    const granted = await grantCredits(contextOf(here.services, here.mira), {
      ...{ target: here.target, amount: '50', reason: 'Prize' },
    });
    const number = granted.kind === 'done' ? granted.operation.number : 0;
    here.panel.failNext('credits.remove', { kind: 'timeout', acts: 'before' });
    const undone = await undoOperation(contextOf(here.services, OWNER), number);
    const undo = undone.kind === 'unknown' ? undone.operation.number : 0;
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${undo}`;
    await settleByHand(contextOf(here.services, OWNER), { number: undo, outcome: 'not' });
    await contradict(undo, 'succeeded');
    await say(here, undo, 'happened');
    expect(await refusal(undoOperation(contextOf(here.services, OWNER), number))).toBe('undo.done');
    expect(here.panel.read(here.target.accountId).balance?.minor).toBe(120_000n);
  });

  it('calls off the deletion that was not scheduled', async () => {
    const here = await scene();
    await giveGrant(here.services, { userId: here.mira, preset: 'administrator' });
    const outcome = await deleteAccount(contextOf(here.services, here.mira), {
      ...{ target: here.target, reason: 'Asked for', typedUsername: 'alex' },
    });
    const number = outcome.kind === 'done' ? outcome.operation.number : 0;
    await contradict(number, 'failed');
    await say(here, number, 'not');
    expect(await scheduledDeletion(here.services, here.target)).toBeNull();
    await fireTimer(here.services, { kind: 'deletion.due', operation: number });
    expect(here.panel.read(here.target.accountId).status).not.toBe('deleted');
  });

  it('lets a suspension for a time end, though it was thought not to have happened', async () => {
    const here = await scene();
    here.panel.failNext('suspend', { kind: 'timeout', acts: 'before' });
    const outcome = await suspendAccount(contextOf(here.services, here.mira), {
      ...{ target: here.target, reason: 'Abuse', durationMs: 60_000 },
    });
    const number = outcome.kind === 'unknown' ? outcome.operation.number : 0;
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    await say(here, number, 'not');
    await contradict(number, 'succeeded');
    await say(here, number, 'happened');
    const end = here.services.pendingTimers.find(({ timer }) => timer.kind === 'suspension.end');
    expect(end).toBeDefined();
    if (end) await fireTimer(here.services, end.timer);
    expect(here.panel.read(here.target.accountId).status).toBe('active');
  });

  it('counts the credits that a new account turns out to have been given', async () => {
    const here = await scene();
    here.panel.failNext('create', { kind: 'timeout', acts: 'before' });
    const outcome = await createAccount(contextOf(here.services, here.mira), {
      panel: here.target.panel,
      values: { email: 'late@example.com', username: 'late', credits: '50' },
      memberId: null,
    });
    const number = outcome.kind === 'unknown' ? outcome.operation.number : 0;
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    await say(here, number, 'not');
    const [made] = await here.panel.panel.find(
      { by: 'email', email: 'late@example.com' },
      { signal: AbortSignal.timeout(1_000) },
    );
    if (!made) throw new Error('the panel has made it');
    await contradict(number, 'succeeded', {
      before: null,
      account: { ...made, balance: null, createdAt: null },
      credits: null,
    });
    await say(here, number, 'happened');
    expect((await ledgerSum(made.id, here.target.panel)).ours).toBe(50_000n);
  });
});

describe('what people say of what is not known', () => {
  it('is not carried out again by who had read the card before somebody else said it', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'never');
    const ines = '2001';
    await giveGrant(here.services, { userId: ines, preset: 'accountant' });
    await giveGrant(here.services, { roleId: '77', preset: 'helper' });
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${here.target.panel}, ${here.target.accountId}, '2002', 'staff', 'test')`;
    const asked = Promise.withResolvers<void>();
    const told = Promise.withResolvers<readonly string[]>();
    const members = {
      ...here.services.members,
      rolesOf: () => {
        asked.resolve();
        return told.promise;
      },
    };
    const late = refusal(settleByHand(contextOf({ ...here.services, members }, ines), { number, outcome: 'again' }));
    await asked.promise;
    here.panel.failNext('credits.add', { kind: 'timeout', acts: 'before' });
    await say(here, number, 'again');
    told.resolve([]);
    expect(await late).toBe('operation.settling');
    expect(here.panel.read(here.target.accountId).balance?.minor).toBe(170_000n);
  });

  it('is not carried out again when it is known by now to have happened', async () => {
    const here = await scene();
    const number = await doubtfulGrant(here, 'before');
    await store.sql`
      update operations set late_outcome = '{"state": "succeeded", "result": null}', settle_at = now()
      where number = ${number}`;
    expect(await refusal(say(here, number, 'again'))).toBe('operation.settling');
    expect(here.panel.read(here.target.accountId).balance?.minor).toBe(170_000n);
  });

  it('that a new account is there is not believed while it cannot be found', async () => {
    const here = await scene();
    here.panel.failNext('create', { kind: 'timeout', acts: 'never' });
    const outcome = await createAccount(contextOf(here.services, here.mira), {
      panel: here.target.panel,
      values: { email: 'none@example.com', username: 'none', credits: '50' },
      memberId: null,
    });
    const number = outcome.kind === 'unknown' ? outcome.operation.number : 0;
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    expect(await refusal(say(here, number, 'happened'))).toBe('target.unknown');
    expect((await ledgerSum('', here.target.panel)).rows).toBe(0);
  });
});
