import { afterAll } from 'vitest';
import { startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import type { Account } from '../../../src/domain/account.ts';
import { panelContract } from '../../contract/panel.ts';
import { type Product, panelOn } from './subject.ts';

await keepsTheContract('pterodactyl', 'Pterodactyl');
await keepsTheContract('pelican', 'Pelican', '/panel');

async function keepsTheContract(product: Product, name: string, basePath = ''): Promise<void> {
  const double = await startPterodactyl({ product, basePath });
  afterAll(() => double.stop());
  if (product === 'pelican') for (const role of ['Support', 'Billing']) double.addRole(role);
  const panel = panelOn(double);
  const signal = new AbortController().signal;

  panelContract(name, {
    panel,
    absentIds: ['999999', '900000000', '999999999999999999'],
    async given({ email, username }): Promise<Account> {
      const user = double.addUser({ email, username, firstName: 'Given', lastName: 'Account' });
      const account = await panel.get(String(user.id), { signal });
      if (!account) throw new Error('the double does not show the user');
      return account;
    },
    givenServer: async ({ id }) => String(double.addServer({ userId: Number(id) }).id),
  });
}
