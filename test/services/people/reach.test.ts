import { beforeEach, expect, it } from 'vitest';
import { viewAccount } from '../../../src/services/accounts/card.ts';
import { heardDirectly, reach } from '../../../src/services/people/reach.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MEMBER = '55';

const store = await testStore();
const panel = createTestPanel();
const services = await testServices(store, { panels: [panel.panel] });

/** Sends something; whether it was tried, and what was said of it. */
async function send(outcome: 'arrived' | 'closed') {
  let tried = false;
  const reached = await reach(services, MEMBER, async () => {
    tried = true;
    return outcome;
  });
  return { reached, tried };
}

beforeEach(() => store.sql`delete from people`);

it('somebody who accepts nothing is left alone for a day, then tried once more', async () => {
  expect(await send('closed')).toEqual({ reached: 'closed', tried: true });
  expect(await send('arrived')).toEqual({ reached: 'closed', tried: false });
  await store.sql`update people set dm_closed_at = now() - interval '25 hours'`;
  expect(await send('closed')).toEqual({ reached: 'closed', tried: true });
  expect(await send('arrived')).toEqual({ reached: 'closed', tried: false });
});

it('somebody who writes to the bot, or gets something after all, is written to again', async () => {
  await send('closed');
  await heardDirectly(services, MEMBER);
  expect(await send('arrived')).toEqual({ reached: 'arrived', tried: true });
});

it('that they accept nothing changes nothing about whether they want to be told', async () => {
  await store.sql`insert into people (user_id, told) values (${MEMBER}, false)`;
  await send('closed');
  expect(await store.sql`select told from people`).toEqual([{ told: false }]);
});

it('what may have arrived says nothing about them', async () => {
  await expect(reach(services, MEMBER, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await store.sql`select from people`).toEqual([]);
});

it('the card of their account shows it to staff', async () => {
  const { id } = panel.add({ email: 'alex@example.com', username: 'alex' });
  await store.sql`
    insert into links (panel, account_id, user_id, proof, created_by)
    values (${panel.panel.id}, ${id}, ${MEMBER}, 'staff', ${OWNER})`;
  const isClosed = async () =>
    (await viewAccount(contextOf(services, OWNER), { panel: panel.panel.id, accountId: id })).link?.isClosed;
  expect(await isClosed()).toBe(false);
  await send('closed');
  expect(await isClosed()).toBe(true);
});
