import { expect, it } from 'vitest';
import { createBuiltinPanel } from '../../../src/panels/builtin/panel.ts';
import { viewAccount } from '../../../src/services/accounts/card.ts';
import { listAccounts } from '../../../src/services/directory/list.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';

const store = await testStore();
const panel = createBuiltinPanel({ id: 'main', label: 'Main', sql: store.sql });
const services = await testServices(store, { panels: [panel] });
const owner = () => contextOf(services, OWNER);

it('an account that its panel no longer has is no longer listed once somebody has looked for it there', async () => {
  const [created] = await store.sql<{ id: bigint }[]>`
    insert into builtin_accounts (panel, email, username) values ('main', 'gone@example.com', 'gone') returning id`;
  const target = { panel: 'main', accountId: String(created?.id) };
  await viewAccount(owner(), target);
  expect((await listAccounts(owner(), {})).rows).toHaveLength(1);
  await store.sql`delete from builtin_accounts`;
  expect(await refusal(viewAccount(owner(), target))).toBe('target.unknown');
  expect((await listAccounts(owner(), {})).rows).toEqual([]);
});
