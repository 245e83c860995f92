import { expect, it } from 'vitest';
import { changeSettings } from '../../../src/services/settings/change.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });

it('whoever follows a change and could not, is told of it once more', async () => {
  let told = 0;
  let fails = false;
  await services.policy.subscribe(async () => {
    told += 1;
    if (fails) throw new Error('the database was away for a moment');
  });
  fails = true;
  await expect(changeSettings(contextOf(services, OWNER), { repeatWindowMinutes: 5 })).rejects.toThrow('for a moment');
  fails = false;
  const before = told;
  await services.policy.refresh();
  expect(told).toBeGreaterThan(before);
});
