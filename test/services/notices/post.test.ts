import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { type Announcer, type Notice, OutOfReach, postNotices } from '../../../src/services/notices/post.ts';
import { grantPermission } from '../../../src/services/policy/grant.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const panel = createTestPanel();
const services = await testServices(store, { panels: [panel.panel], roles: {} });
await store.sql`insert into settings (name, value, changed_by) values ('auditChannelId', '"1"', 'test')`;
await services.policy.refresh();

/** Takes whatever comes and keeps it, unless something is in the way. */
function announcer(inTheWay: (notice: Notice) => unknown = () => undefined) {
  const posted: Notice[] = [];
  const told: Notice[] = [];
  const announcing: Announcer = {
    async post(_channelId, notice) {
      await inTheWay(notice);
      posted.push(notice);
      return '2';
    },
    async tellOwners(notice) {
      await inTheWay(notice);
      told.push(notice);
    },
  };
  return { ...announcing, posted, told };
}

async function suspend(username: string): Promise<void> {
  const { id } = panel.add({ email: `${username}@example.com`, username });
  const target = { panel: panel.panel.id, accountId: id };
  await suspendAccount(contextOf(services, OWNER), { target, reason: 'Abuse' });
}

const usernames = (notices: readonly Notice[]) =>
  notices.map((notice) => (notice.kind === 'operation' ? notice.username : notice.action));

beforeEach(async () => {
  await store.sql`delete from notices`;
});

it('a notice that cannot be read is given up at last, and those behind it come through', async () => {
  await store.sql`insert into notices (kind, content) values ('operation', '{}')`;
  await suspend('behind');
  const { posted, ...announcing } = announcer();
  for (let runs = 0; runs < 25; runs += 1) await postNotices(services, { ...announcing }).catch(() => undefined);
  expect(usernames(posted)).toEqual(['behind']);
});

it('a notice waits for as long as nobody can be reached', async () => {
  await suspend('patient');
  let away = true;
  const { posted, ...announcing } = announcer(() => {
    if (away) throw new OutOfReach();
  });
  for (let runs = 0; runs < 25; runs += 1) await postNotices(services, announcing);
  away = false;
  await postNotices(services, announcing);
  expect(usernames(posted)).toEqual(['patient']);
});

it('owners are told of a change of the policy, though they could not be reached at first', async () => {
  await grantPermission(contextOf(services, OWNER), {
    subject: { kind: 'user', id: '77' },
    preset: 'helper',
    permission: null,
    panel: null,
    perAct: null,
    perDay: null,
  });
  let away = true;
  const { posted, told, ...announcing } = announcer(() => {
    if (away) throw new Error('Discord is away');
  });
  await postNotices(services, announcing);
  away = false;
  await postNotices(services, announcing);
  expect(usernames(told)).toEqual(['policy.grant']);
  expect(usernames(posted)).toEqual(['policy.grant']);
});

it('losing the connection to the database while a notice is on its way hangs nothing', async () => {
  await suspend('first');
  await suspend('second');
  let kill = true;
  const { posted, ...announcing } = announcer(async () => {
    if (!kill) return;
    kill = false;
    await store.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name = 'steward'`;
    await delay(50);
  });
  await postNotices(services, announcing).catch(() => undefined);
  await postNotices(services, announcing);
  expect(new Set(usernames(posted))).toEqual(new Set(['first', 'second']));
});
