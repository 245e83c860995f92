import { expect, test } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';

test('while a bot runs, its audit log is sealed and what is owed is brought, by itself', async () => {
  const bot = await startBot({ catalogue, jobs: true });
  await bot.discord
    .as(USER_IDS.ada ?? '')
    .command('policy grant', { who: USER_IDS.mira ?? '', permission: 'accounts.view' });
  const open = async () => {
    const [row] = await bot.store.sql<{ entries: bigint; unsealed: bigint; owed: bigint }[]>`
      select (select count(*) from audit) as entries,
        (select count(*) from audit where id > coalesce((select max(audit_id) from audit_seals), 0)) as unsealed,
        (select count(*) from notices where posted_at is null and abandoned is null) as owed`;
    return row;
  };
  await expect.poll(open).toEqual({ entries: 1n, unsealed: 0n, owed: 0n });
});
