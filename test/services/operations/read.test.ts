import { describe, expect, it } from 'vitest';
import { refuse } from '../../../src/domain/refusal.ts';
import { editAccount } from '../../../src/services/accounts/edit.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { jsonParameter, toStored } from '../../../src/services/json.ts';
import { readRecord, readRecords } from '../../../src/services/operations/read.ts';
import type { Doubt } from '../../../src/services/operations/record.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, type Scene } from '../../harness/scene.ts';
import { contextOf, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

async function grant({ services, mira, target }: Scene, amount = '50'): Promise<number> {
  const outcome = await grantCredits(contextOf(services, mira), { target, amount, reason: 'Power cut' });
  if (outcome.kind !== 'done') throw new Error('the grant was not done');
  return outcome.operation.number;
}

describe('what is known of an operation', () => {
  it('names its account, what it moved, and what others have moved since', async () => {
    const here = await scene();
    const number = await grant(here);
    here.panel.moveBalance(here.target.accountId, -7_000n);
    const later = await grant(here, '1');
    const record = await readRecord(here.services, number);
    expect(record).toMatchObject({
      operation: { number, verb: 'credits.grant', state: 'succeeded', actorId: here.mira, reason: 'Power cut' },
      panel: { id: here.target.panel },
      username: 'alex',
      balance: { before: 120_000n, after: 170_000n },
      failure: null,
      settledBy: null,
      doubt: null,
      waiting: null,
    });
    expect(record?.endedAt).toBeInstanceOf(Date);
    const ownAndLater = record?.movements.filter(({ operation, deltaMinor }) => operation !== null || deltaMinor < 0n);
    expect(ownAndLater).toMatchObject([
      { kind: 'ours', deltaMinor: 50_000n, operation: number },
      { kind: 'outside', deltaMinor: -7_000n, operation: null },
      { kind: 'ours', deltaMinor: 1_000n, operation: later },
    ]);
  });

  it('names the account as it came to be', async () => {
    const { services, target } = await scene();
    const outcome = await editAccount(contextOf(services, OWNER), {
      target,
      values: { username: 'alexandra' },
      expected: null,
    });
    if (outcome.kind !== 'done') throw new Error('the edit was not done');
    expect(await readRecord(services, outcome.operation.number)).toMatchObject({
      username: 'alexandra',
      balance: null,
    });
  });

  it('holds what was said, done and added afterwards, oldest first', async () => {
    const here = await scene();
    const number = await grant(here);
    const { sql } = store;
    await sql`insert into approvals (operation, user_id, decision, reason, at) values
      (${number}, '2', 'declined', 'Too much', now()), (${number}, '3', 'approved', null, now() - interval '1 minute')`;
    await sql`insert into operation_steps (operation, name, position, state) values
      (${number}, 'second', 2, 'pending'), (${number}, 'first', 1, 'succeeded')`;
    await sql`insert into amendments (operation, author_id, reason, file_name, file, origin) values
      (${number}, '2', 'Power cut of March', null, null, 'a'), (${number}, '3', null, 'proof.png', '\\x00', 'b')`;
    const suspension = await suspendAccount(contextOf(here.services, here.mira), {
      target: here.target,
      reason: 'Abuse',
    });
    if (suspension.kind !== 'done') throw new Error('the suspension was not done');
    await sql`update operations set linked_number = ${number}, link_kind = 'correction' where number = ${suspension.operation.number}`;
    expect(await readRecord(here.services, number)).toMatchObject({
      decisions: [
        { userId: '3', decision: 'approved', reason: null, at: expect.any(Date) },
        { userId: '2', decision: 'declined', reason: 'Too much', at: expect.any(Date) },
      ],
      steps: [
        { name: 'first', state: 'succeeded' },
        { name: 'second', state: 'pending' },
      ],
      amendments: [
        { authorId: '2', reason: 'Power cut of March', messageLink: null, fileName: null, at: expect.any(Date) },
        { authorId: '3', reason: null, messageLink: null, fileName: 'proof.png', at: expect.any(Date) },
      ],
      linked: [{ number: suspension.operation.number, link: { number, kind: 'correction' } }],
    });
  });

  it('gives doubts and reasons to wait as they were stored, to the last digit', async () => {
    const here = await scene();
    const doubt: Doubt = { why: 'balance', beforeMinor: 2n ** 60n, expectedMinor: 2n ** 60n + 1n, seenMinor: null };
    const because = refuse('policy.over_act', { limit: { minor: 10n ** 14n, unit: { code: 'credits', scale: 3 } } });
    const stored = (value: unknown) => jsonParameter(store.sql, toStored(value));
    const [row] = await store.sql<{ number: bigint }[]>`
      insert into operations (key, input_hash, verb, state, actor_id, panel, account_id, input, attempt_token, doubt, approval_because,
        approvals_needed, due_at)
      values ('waits', '', 'credits.grant', 'awaiting_approval', ${here.mira}, ${here.target.panel}, '1', '{}', '', ${stored(doubt)},
        ${stored({ code: because.code, parameters: because.parameters })}, 2, '2026-03-01T00:00:00Z')
      returning number`;
    expect(await readRecord(here.services, Number(row?.number))).toMatchObject({
      doubt,
      waiting: {
        because: { code: 'policy.over_act', parameters: because.parameters },
        needed: 2,
        until: new Date('2026-03-01T00:00:00Z'),
      },
    });
  });

  it('comes in the order asked for, without those that there are not', async () => {
    const here = await scene();
    const [first, second] = [await grant(here), await grant(here, '1')];
    const records = await readRecords(here.services, [second, 999_999_999, first]);
    expect(records.map(({ operation }) => operation.number)).toEqual([second, first]);
    expect(await readRecord(here.services, 999_999_999)).toBeNull();
  });
});
