import { expect, it } from 'vitest';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

it('taking back tells nothing of operations on panels of others', async () => {
  const { services, mira, target } = await scene();
  const granted = await grantCredits(contextOf(services, mira), { target, amount: '5', reason: 'Prize' });
  const { number } = granted.kind === 'done' ? granted.operation : { number: 0 };
  await undoOperation(contextOf(services, mira), number);
  const elsewhere = '5001';
  await giveGrant(services, { userId: elsewhere, preset: 'administrator', panel: 'elsewhere' });
  expect(await refusal(undoOperation(contextOf(services, elsewhere), number))).toBe('operation.none');
  expect(await refusal(undoOperation(contextOf(services, elsewhere), number + 1_000))).toBe('operation.none');
});
