import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { explainFailure } from '../../src/discord/failures.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { testStore } from '../harness/database.ts';
import { contextOf, OWNER, testServices } from '../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });

it('a refusal is explained though the policy has aged meanwhile', async () => {
  await services.policy.close();
  await delay(2_100);
  const refusal = refuse('target.unlinked', { userId: '77', panel: 'Test panel' });
  expect(explainFailure(refusal, null, contextOf(services, OWNER)).status).toBe('refused');
});
