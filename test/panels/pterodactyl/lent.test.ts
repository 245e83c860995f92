import { afterAll, expect, it } from 'vitest';
import { startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import type { Account } from '../../../src/domain/account.ts';
import { requireAbility } from '../../../src/panels/panel.ts';
import { lend } from '../../../src/services/house/lend.ts';
import { call, change } from '../../contract/panel/subject.ts';
import { panelContract } from '../../contract/panel.ts';
import { testStore } from '../../harness/database.ts';
import { panelOn } from './subject.ts';

const { sql } = await testStore();
const double = await startPterodactyl();
afterAll(() => double.stop());
const panel = lend(panelOn(double), { sql, credits: true });

async function given({
  email,
  username,
  balance,
}: {
  email: string;
  username: string;
  balance: number;
}): Promise<Account> {
  const user = double.addUser({ email, username });
  const id = String(user.id);
  const { set, traits } = requireAbility(panel, 'credits');
  const none = { minor: 0n, unit: traits.unit };
  const started = { minor: BigInt(balance) * 100n, unit: traits.unit };
  if (balance > 0) await set(id, started, none, change());
  const account = await panel.get(id, call());
  if (!account) throw new Error('the double does not show the user');
  return account;
}

panelContract('Pterodactyl with what the house lends it', {
  panel,
  absentIds: ['999999', '900000000'],
  given,
  givenServer: async ({ id }) => String(double.addServer({ userId: Number(id) }).id),
});

it('suspends an account of Pterodactyl by all of its servers that are not suspended already', async () => {
  const { id } = await given({ email: 'marla@example.com', username: 'marla', balance: 0 });
  const owned = { userId: Number(id) };
  const servers = [
    double.addServer({ ...owned, status: 'suspended' }),
    double.addServer(owned),
    double.addServer(owned),
  ];
  const from = double.journal.length;
  const suspended = await requireAbility(panel, 'suspension').suspend(id, 'chargeback', change());
  expect(suspended).toMatchObject({ status: 'suspended', details: { servers: 3, suspendedServers: 3 } });
  expect(servers.map(({ status }) => status)).toEqual(['suspended', 'suspended', 'suspended']);
  expect(double.journal.slice(from).map(({ action }) => action)).toEqual(['server.suspend', 'server.suspend']);
});
