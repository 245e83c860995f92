import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { editAccount } from '../../../src/services/accounts/edit.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import { open } from '../../../src/store/connect.ts';
import { testDatabase } from '../../harness/database.ts';
import { lossyConnection } from '../../harness/lossy-connection.ts';
import { createScenes, expectBooksToBalance, refusal } from '../../harness/scene.ts';
import { contextOf, testServices } from '../../harness/services.ts';

const database = await testDatabase();
const lossy = await lossyConnection(database.url);
const log = pino({ level: 'fatal' });
const store = open(database.url, log);
const losing = open(lossy.url, log);
afterAll(async () => {
  await Promise.all([store.close(), losing.close()]);
  await lossy.close();
  await database.drop();
});
const scene = createScenes(store);

describe('when the answer to a commit is lost', () => {
  it.each([
    ['of the intent', 'intent:before'],
    ['of the outcome', 'effect:after'],
  ])('%s, what was stored is found, done once, and told as it is', async (_, point) => {
    const { panel, mira, target } = await scene();
    let left = 1;
    const services = await testServices(losing, {
      panels: [panel.panel],
      at: (reached) => {
        if (reached === point && left-- > 0) lossy.loseNextCommit();
      },
    });
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome).toMatchObject({ kind: 'done', operation: { state: 'succeeded' } });
    const rows = await store.sql`select state, late_outcome from operations where panel = ${target.panel}`;
    expect([...rows]).toEqual([{ state: 'succeeded', late_outcome: null }]);
    expect(panel.read(target.accountId).balance?.minor).toBe(170_000n);
    await expectBooksToBalance(store, panel, target.accountId);
  });
});

describe('what a panel says', () => {
  const UNSTORABLE = 'a\0b\ud800';

  it('in a refusal is stored, whatever characters it has', async () => {
    const { panel, services, mira, target } = await scene();
    panel.failNext('credits.add', { kind: 'refuse', detail: UNSTORABLE });
    const run = grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(await refusal(run)).toBe('panel.failed');
    const [row] = await store.sql`select state, failure_detail from operations where panel = ${target.panel}`;
    expect(row).toEqual({ state: 'failed', failure_detail: 'ab\ufffd' });
  });

  it('of an account is stored, whatever characters it has', async () => {
    const { panel, services, mira } = await scene();
    const { id } = panel.add({ email: 'jo@example.com', username: 'jo', name: UNSTORABLE, balanceMinor: 0n });
    const target = { panel: panel.panel.id, accountId: id };
    const outcome = await grantCredits(contextOf(services, mira), { target, amount: '50', reason: 'Power cut' });
    expect(outcome.kind).toBe('done');
    const values = { name: 'Jo' };
    const edited = await editAccount(contextOf(services, mira), { target, values, expected: null });
    expect(edited.kind).toBe('done');
  });
});

describe('an interaction that is delivered again', () => {
  it('finds what it did, though others have moved the balance since', async () => {
    const { panel, services, mira, target } = await scene();
    const set = () =>
      setCredits(contextOf(services, mira, { origin: 'set-once' }), { target, amount: '100', reason: 'Correction' });
    const first = await set();
    panel.moveBalance(target.accountId, 5_000n);
    expect(await set()).toEqual(first);
    expect(panel.read(target.accountId).balance?.minor).toBe(105_000n);
  });
});
