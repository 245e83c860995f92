import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/services/context.ts';
import type { Outcome } from '../../../src/services/operation.ts';
import { readRecord } from '../../../src/services/operations/read.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { addLimit } from '../../../src/services/server-limits/add.ts';
import type { LimitMove } from '../../../src/services/server-limits/change.ts';
import { removeLimit } from '../../../src/services/server-limits/remove.ts';
import { setLimit } from '../../../src/services/server-limits/set.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal, type Scene } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

const why = { reason: 'Event prize' };
const limitOf = ({ panel, target }: Scene) => panel.read(target.accountId).details.serverLimit;
const owner = ({ services }: Scene, origin?: string) => contextOf(services, OWNER, origin ? { origin } : {});
const add = (here: Scene, count: number, ctx: Context = owner(here)) =>
  addLimit(ctx, { target: here.target, count, ...why });

/** The number of a change that is not known to have happened. */
async function unknown(outcome: Promise<Outcome<LimitMove>>): Promise<number> {
  const { kind, ...rest } = await outcome;
  if (kind !== 'unknown' || !('operation' in rest)) throw new Error(`it is ${kind}`);
  return rest.operation.number;
}

const doubtOf = async (here: Scene, number: number) => {
  const record = await readRecord(here.services, number);
  return { state: record?.operation.state, doubt: record?.doubt };
};

describe('a server limit', () => {
  it('is raised, lowered and set, and tells from what to what', async () => {
    const here = await scene();
    expect(await add(here, 2)).toMatchObject({ kind: 'done', result: { by: 2, before: 1, after: 3 } });
    const { target } = here;
    const lowered = await removeLimit(owner(here), { target, count: 3, ...why });
    expect(lowered).toMatchObject({ kind: 'done', result: { by: -3, before: 3, after: 0 } });
    const set = await setLimit(owner(here), { target, count: 7, ...why });
    expect(set).toMatchObject({ kind: 'done', result: { by: 7, before: 0, after: 7 } });
    expect(limitOf(here)).toBe(7);
  });

  it('is changed once by a request that is delivered again', async () => {
    const here = await scene();
    const [first, again] = [await add(here, 2, owner(here, 'twice')), await add(here, 2, owner(here, 'twice'))];
    expect(again).toEqual({ ...first, operation: expect.objectContaining({ state: 'succeeded' }) });
    expect(limitOf(here)).toBe(3);
  });

  it('takes no change that its panel cannot make, and says why', async () => {
    const here = await scene();
    const { target } = here;
    expect(await refusal(removeLimit(owner(here), { target, count: 2, ...why }))).toBe('limit.insufficient');
    expect(await refusal(setLimit(owner(here), { target, count: 1, ...why }))).toBe('limit.unchanged');
    expect(await refusal(add(here, 1_000))).toBe('limit.too_large');
    expect(await refusal(addLimit(owner(here), { target, count: 1, reason: ' ' }))).toBe('reason.missing');
    here.panel.setAbility('serverLimit', false);
    expect(await refusal(add(here, 1))).toBe('ability.missing');
    expect(here.panel.journal).toEqual([]);
  });

  it('needs its right, and is not raised by anybody for themselves', async () => {
    const here = await scene();
    const helper = `7${here.mira}`;
    await giveGrant(here.services, { userId: helper, preset: 'helper' });
    expect(await refusal(add(here, 1, contextOf(here.services, helper)))).toBe('policy.denied');
    const accountant = `8${here.mira}`;
    await giveGrant(here.services, { userId: accountant, preset: 'accountant' });
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${here.target.panel}, ${here.target.accountId}, ${accountant}, 'email', 'test')`;
    expect(await refusal(add(here, 1, contextOf(here.services, accountant)))).toBe('policy.oneself');
  });

  it('is taken back by as much as it was changed, whatever others have changed since', async () => {
    const here = await scene();
    const raised = await add(here, 2);
    if (raised.kind !== 'done') throw new Error(raised.kind);
    here.panel.moveLimit(here.target.accountId, 10);
    const undone = await undoOperation(owner(here), raised.operation.number);
    expect(undone).toMatchObject({ kind: 'done', result: { by: -2, before: 13, after: 11 } });
    const set = await setLimit(owner(here), { target: here.target, count: 4, ...why });
    if (set.kind !== 'done') throw new Error(set.kind);
    expect(await undoOperation(owner(here), set.operation.number)).toMatchObject({ result: { by: 7, after: 11 } });
    expect(await refusal(undoOperation(owner(here), set.operation.number))).toBe('undo.done');
  });
});

describe('a change of a server limit that is not known to have happened', () => {
  const hinted = { serverLimit: { proof: 'balance', idempotent: false } } as const;

  it('rests further ones, and asks a person with what is seen, as others move limits too', async () => {
    const here = await scene({}, { traits: hinted });
    here.panel.failNext('limit.add', { kind: 'timeout', acts: 'before' });
    const number = await unknown(add(here, 2));
    expect(await refusal(add(here, 1))).toBe('operation.unknown_open');
    await settleDue(here.services);
    const doubt = { why: 'limit', before: 1, expected: 3, seen: 3 };
    expect(await doubtOf(here, number)).toEqual({ state: 'unknown', doubt });
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'happened' });
    expect(await readRecord(here.services, number)).toMatchObject({
      operation: { state: 'succeeded' },
      limit: { count: 2, before: 1, after: 3 },
    });
  });

  it.each([
    ['add', addLimit],
    ['remove', removeLimit],
  ] as const)(
    'is not settled by what is seen where it is a step (%s), though the panel says so',
    async (name, change) => {
      const here = await scene({}, { traits: { serverLimit: { proof: 'state' } } });
      here.panel.failNext(`limit.${name}`, { kind: 'timeout', acts: 'before' });
      const number = await unknown(change(owner(here), { target: here.target, count: 1, ...why }));
      await settleDue(here.services);
      expect(await doubtOf(here, number)).toMatchObject({ state: 'unknown', doubt: { why: 'limit' } });
    },
  );

  it.each([
    ['before', 0, 'succeeded', null],
    ['never', 0, 'failed', null],
    ['never', 3, 'unknown', { why: 'limit', before: 1, expected: 5, seen: 4 }],
  ] as const)('is settled where it is set (acts %s, others %i)', async (acts, moved, state, doubt) => {
    const here = await scene({}, { traits: { serverLimit: { proof: 'state' } } });
    here.panel.failNext('limit.set', { kind: 'timeout', acts });
    const number = await unknown(setLimit(owner(here), { target: here.target, count: 5, ...why }));
    if (moved) here.panel.moveLimit(here.target.accountId, moved);
    await settleDue(here.services);
    expect(await doubtOf(here, number)).toEqual({ state, doubt });
  });

  it('is found by its reference where the panel has it', async () => {
    const here = await scene();
    here.panel.failNext('limit.remove', { kind: 'timeout', acts: 'before' });
    const number = await unknown(removeLimit(owner(here), { target: here.target, count: 1, ...why }));
    await settleDue(here.services);
    expect(await readRecord(here.services, number)).toMatchObject({
      operation: { state: 'succeeded' },
      settledBy: 'reference',
      limit: { before: 1, after: 0 },
    });
  });
});
