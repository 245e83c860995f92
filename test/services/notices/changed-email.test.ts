/** That their e-mail address was changed, members are told always: by it their account may be taken from them. */
import { describe, expect, it } from 'vitest';
import { editAccount } from '../../../src/services/accounts/edit.ts';
import { readRecord } from '../../../src/services/operations/read.ts';
import { type SaidOutcome, settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, type Scene } from '../../harness/scene.ts';
import { contextOf, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

const say = ({ services }: Scene, number: number, outcome: SaidOutcome) =>
  settleByHand(contextOf(services, OWNER), { number, outcome });

describe('a member whose e-mail address was changed, as people say,', () => {
  const MEMBER = '55';

  /** Changes it, and leaves it as what nobody but a person can settle. */
  async function doubtfulEdit({ panel, services, target }: Scene): Promise<number> {
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${target.panel}, ${target.accountId}, ${MEMBER}, 'staff', 'test')`;
    panel.failNext('edit', { kind: 'timeout', acts: 'before' });
    const values = { email: 'alexandra@example.com' };
    const outcome = await editAccount(contextOf(services, OWNER), { target, values, expected: null });
    if (outcome.kind !== 'unknown') throw new Error(`it is ${outcome.kind}`);
    const { number } = outcome.operation;
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    return number;
  }

  /** Of which operations they are told, and what those changed. */
  async function told({ services, target }: Scene): Promise<(readonly string[] | undefined)[]> {
    const rows = await store.sql<{ number: number }[]>`
      select notices.operation::integer as number from notices join operations on number = notices.operation
      where kind = 'member' and recipient_id = ${MEMBER} and panel = ${target.panel} order by notices.id`;
    return Promise.all(rows.map(async ({ number }) => (await readRecord(services, number))?.changed));
  }

  it('is told of it, though the panel cannot be read', async () => {
    const here = await scene();
    const number = await doubtfulEdit(here);
    here.panel.failNext('get', { kind: 'timeout', acts: 'never' });
    await say(here, number, 'happened');
    expect(await told(here)).toEqual([['email']]);
  });

  it('is told of it where it was recorded as not having happened', async () => {
    const here = await scene();
    const number = await doubtfulEdit(here);
    await say(here, number, 'not');
    expect(await told(here)).toEqual([]);
    await store.sql`
      update operations set late_outcome = '{"state": "succeeded", "result": null}',
        doubt = '{"why": "contradiction", "came": "succeeded"}'
      where number = ${number}`;
    await say(here, number, 'happened');
    expect(await told(here)).toEqual([['email']]);
  });
});
