/** A server that somebody gets while their account is suspended, with everything that runs by itself. */
import { expect, test } from 'vitest';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';

const hosting = createTestPanel({
  id: 'hosting',
  label: 'Hosting',
  abilities: ['create', 'servers'],
  borrows: { suspension: true },
});
const house = await startHouse({ beside: hosting, jobs: true });
const { ada, mira } = house;

test('is suspended when the panel is read next, and stands in the history of the account', async () => {
  const account = await house.account('owner', { panel: 'hosting' });
  hosting.addServer(account.id, { name: 'smp' });
  await mira.types('user suspend', { account: account.reference, reason: 'Chargeback' });
  hosting.addServer(account.id, { name: 'later' });
  await ada.types('panel sync', { panel: 'hosting' });
  const statuses = () => hosting.servers(account.id).map(({ status }) => status);
  await expect.poll(statuses).toEqual(['suspended', 'suspended']);
  const history = async () => (await mira.types('user history', { account: account.reference })).text;
  await expect.poll(history).toMatch(/Server suspended · .*Chargeback · Steward/);
});
