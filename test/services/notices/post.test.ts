import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { type Announcer, type Notice, OutOfReach, type PostedMessage } from '../../../src/services/notices/notice.ts';
import { oweNotice, owePolicyNotice } from '../../../src/services/notices/owe.ts';
import { postNotices } from '../../../src/services/notices/post.ts';
import { grantPermission } from '../../../src/services/policy/grant.ts';
import type { Settings } from '../../../src/services/settings/read.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const AUDIT = '1';
const APPROVALS = '2';
const MEMBER = '55';
const HOUR_MS = 3_600_000;

const store = await testStore();
const panel = createTestPanel();
const services = await testServices(store, { panels: [panel.panel], roles: {} });

async function set(settings: Partial<Settings>): Promise<void> {
  await store.sql`delete from settings`;
  for (const [name, value] of Object.entries(settings)) {
    await store.sql`insert into settings (name, value, changed_by) values (${name}, ${store.sql.json(value)}, 'test')`;
  }
  await services.policy.refresh();
}

interface Brought {
  readonly to: string;
  readonly notice: Notice;
  readonly replyTo?: string | null;
  readonly edits?: string;
}

/** Takes whatever comes and keeps it, unless something is in the way. */
function announcer(inTheWay: (notice: Notice) => unknown = () => undefined) {
  const brought: Brought[] = [];
  const gone = new Set<string>();
  const closed = new Set<string>();
  let messages = 0;
  const announcing: Announcer = {
    async post(channelId, notice, { replyTo = null }) {
      await inTheWay(notice);
      brought.push({ to: channelId, notice, replyTo });
      messages += 1;
      return `m${messages}`;
    },
    async edit({ channelId, messageId }: PostedMessage, notice) {
      await inTheWay(notice);
      if (gone.has(messageId)) return false;
      brought.push({ to: channelId, notice, edits: messageId });
      return true;
    },
    async tell(userId, notice) {
      await inTheWay(notice);
      brought.push({ to: userId, notice });
      return closed.has(userId) ? 'closed' : 'arrived';
    },
  };
  return { announcing, brought, gone, closed };
}

let accounts = 0;

async function suspend(username = `user${++accounts}`, dueAt: Date | null = null): Promise<number> {
  const { id } = panel.add({ email: `${username}@example.com`, username });
  const target = { panel: panel.panel.id, accountId: id };
  const outcome = await suspendAccount(contextOf(services, OWNER), { target, reason: 'Abuse' });
  if (outcome.kind !== 'done') throw new Error('it was not suspended');
  const { number } = outcome.operation;
  await store.sql`update operations set due_at = ${dueAt} where number = ${number}`;
  return number;
}

/** An operation as it stands, without the way that led there. */
async function operation(state: string, more: { verb?: string; doubt?: object; link?: number; input?: object } = {}) {
  accounts += 1;
  const { verb = 'account.suspend', doubt = null, link = null, input = {} } = more;
  const json = (value: object | null) => (value === null ? null : store.sql.json(value as never));
  const [row] = await store.sql<{ number: bigint }[]>`
    insert into operations (
      key, input_hash, verb, state, actor_id, panel, account_id, member_id, input, attempt_token, doubt, linked_number, link_kind,
      due_at, ended_at
    ) values (
      ${`key${accounts}`}, '', ${verb}, ${state}, '77', ${panel.panel.id}, ${`account${accounts}`}, ${MEMBER}, ${json(input)}, '', ${json(doubt)},
      ${link}, ${link === null ? null : 'undo'}, now() + interval '1 hour', now()
    ) returning number`;
  return Number(row?.number);
}

const owe = (notice: Parameters<typeof oweNotice>[1]) =>
  store.sql.begin((transaction) => oweNotice(transaction, notice));

/** What became of each notice: posted, or why not. */
const fates = async () => {
  const rows = await store.sql<{ fate: string }[]>`
    select coalesce(abandoned, case when posted_at is null then 'owed' else 'brought' end) as fate from notices order by id`;
  return rows.map(({ fate }) => fate);
};

const numberOf = ({ notice }: Brought) => ('record' in notice ? notice.record.operation.number : null);

beforeEach(async () => {
  await store.sql`delete from notices`;
  await store.sql`delete from people`;
  await set({ auditChannelId: AUDIT, approvalsChannelId: APPROVALS, alertRoleId: '9' });
});

describe('no notice is lost', () => {
  it('one that cannot be read is given up at last, and those behind it come through', async () => {
    await store.sql`insert into notices (kind, content) values ('operation', '{}')`;
    const behind = await suspend();
    const { announcing, brought } = announcer();
    for (let runs = 0; runs < 25; runs += 1) await postNotices(services, announcing).catch(() => undefined);
    expect(brought.map(numberOf)).toEqual([behind]);
  });

  it('it waits for as long as nobody can be reached', async () => {
    const number = await suspend();
    let away = true;
    const { announcing, brought } = announcer(() => {
      if (away) throw new OutOfReach();
    });
    for (let runs = 0; runs < 25; runs += 1) await postNotices(services, announcing);
    away = false;
    await postNotices(services, announcing);
    expect(brought.map(numberOf)).toEqual([number]);
  });

  it('losing the connection to the database while one is on its way hangs nothing', async () => {
    const numbers = [await suspend(), await suspend()];
    let kill = true;
    const { announcing, brought } = announcer(async () => {
      if (!kill) return;
      kill = false;
      await store.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'steward'`;
      await delay(50);
    });
    await postNotices(services, announcing).catch(() => undefined);
    await postNotices(services, announcing);
    expect(new Set(brought.map(numberOf))).toEqual(new Set(numbers));
  });

  it('a process that is lost, or frozen, while one is on its way keeps the others from it for a while only', async () => {
    const number = await suspend();
    const { promise: began, resolve: begin } = Promise.withResolvers<void>();
    const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
    const freezing = announcer(() => {
      begin();
      return woken;
    });
    const frozen = postNotices(services, freezing.announcing, { patienceMs: 100 }).catch(() => undefined);
    await began;
    const { announcing, brought } = announcer();
    const posted = async () => {
      await postNotices(services, announcing);
      return brought.map(numberOf);
    };
    await expect.poll(posted).toEqual([number]);
    wake();
    await frozen;
  });

  it('what is in the way of one lane is in the way of no other', async () => {
    const number = await suspend();
    const waiting = await operation('awaiting_approval');
    await owe({ kind: 'card', operation: waiting });
    await owe({ kind: 'requester', operation: waiting, recipientId: '77' });
    const { announcing, brought } = announcer((notice) => {
      if (notice.kind === 'operation') throw new OutOfReach();
    });
    await postNotices(services, announcing);
    expect(brought.map(({ notice }) => notice.kind).sort()).toEqual(['card', 'requester']);
    expect(numberOf(brought[0] as Brought)).not.toBe(number);
  });
});

describe('a change of the policy', () => {
  it('is told to each owner and posted, though nobody could be reached at first', async () => {
    await grantPermission(contextOf(services, OWNER), {
      subject: { kind: 'user', id: '77' },
      preset: 'helper',
      permission: null,
      panel: null,
      perAct: null,
      perDay: null,
    });
    let away = true;
    const { announcing, brought } = announcer(() => {
      if (away) throw new OutOfReach();
    });
    await postNotices(services, announcing);
    away = false;
    await postNotices(services, announcing);
    expect(brought.map(({ to }) => to).sort()).toEqual([AUDIT, OWNER].sort());
  });

  it('tells one owner though another accepts nothing', async () => {
    await store.sql.begin((transaction) =>
      owePolicyNotice(transaction, ['91', '92'], { action: 'settings.change', actorId: '77', changes: [] }),
    );
    const { announcing, brought, closed } = announcer();
    closed.add('91');
    await postNotices(services, announcing);
    expect(brought.map(({ to }) => to).sort()).toEqual([AUDIT, '91', '92'].sort());
    expect((await fates()).sort()).toEqual(['brought', 'brought', 'they accept no direct messages']);
  });
});

describe('what was said before', () => {
  it('is changed instead of said again, wherever it stands by then', async () => {
    const number = await suspend();
    const { announcing, brought } = announcer();
    await postNotices(services, announcing);
    await set({ auditChannelId: '99' });
    await owe({ kind: 'operation', operation: number });
    await owe({ kind: 'operation', operation: number });
    await postNotices(services, announcing);
    expect(brought.map(({ to, edits }) => [to, edits])).toEqual([
      [AUDIT, undefined],
      [AUDIT, 'm1'],
      [AUDIT, 'm1'],
    ]);
  });

  it('is said again when it is not there any more, and that is changed from then on', async () => {
    const number = await suspend();
    const { announcing, brought, gone } = announcer();
    await postNotices(services, announcing);
    gone.add('m1');
    await owe({ kind: 'operation', operation: number });
    await owe({ kind: 'operation', operation: number });
    await postNotices(services, announcing);
    expect(brought.map(({ edits }) => edits)).toEqual([undefined, undefined, 'm2']);
  });

  it('offers to be taken back within the time that is set, and only once', async () => {
    const number = await suspend();
    const { announcing, brought } = announcer();
    await postNotices(services, announcing);
    await operation('succeeded', { verb: 'account.unsuspend', link: number });
    await owe({ kind: 'operation', operation: number });
    await postNotices(services, announcing);
    const [before, after] = brought.map(({ notice }) => (notice.kind === 'operation' ? notice.undoUntil : null));
    expect(before?.getTime()).toBeGreaterThan(Date.now());
    expect(after).toBeNull();
  });
});

describe('a card', () => {
  it('stands where approvals are laid before people, else where staff is, else in the audit channel', async () => {
    const places: Partial<Settings>[] = [
      { approvalsChannelId: '20', staffChannelIds: ['21'], auditChannelId: '22' },
      { staffChannelIds: ['21'], auditChannelId: '22' },
      { auditChannelId: '22' },
      {},
    ];
    const { announcing, brought } = announcer();
    for (const place of places) {
      await set(place);
      await owe({ kind: 'card', operation: await operation('awaiting_approval') });
      await postNotices(services, announcing);
    }
    expect(brought.map(({ to }) => to)).toEqual(['20', '21', '22']);
    expect((await fates()).at(-1)).toBe('no channel is set for it');
  });

  it('goes where it is taken, when a channel is gone', async () => {
    await set({ approvalsChannelId: '404', auditChannelId: '22' });
    await owe({ kind: 'card', operation: await operation('awaiting_approval') });
    const { announcing, brought } = announcer();
    const post: Announcer['post'] = async (channelId, ...rest) =>
      channelId === '404' ? null : announcing.post(channelId, ...rest);
    await postNotices(services, { ...announcing, post });
    expect(brought.map(({ to }) => to)).toEqual(['22']);
  });

  it('asks of a doubt, and of nothing that has ended by then', async () => {
    await owe({ kind: 'card', operation: await operation('unknown', { doubt: { why: 'unclear' } }) });
    await owe({ kind: 'card', operation: await operation('succeeded') });
    const { announcing, brought } = announcer();
    await postNotices(services, announcing);
    expect(brought).toMatchObject([{ to: APPROVALS, notice: { kind: 'card', alertRoleId: '9' } }]);
    expect(await fates()).toEqual(['brought', 'nobody is asked any more']);
  });

  it('is one for each operation, and says in the end how that ended', async () => {
    const number = await operation('awaiting_approval');
    await owe({ kind: 'card', operation: number });
    const { announcing, brought } = announcer();
    await postNotices(services, announcing);
    await store.sql`update operations set state = 'failed', failure = 'declined' where number = ${number}`;
    await owe({ kind: 'card', operation: number });
    await postNotices(services, announcing);
    expect(brought).toMatchObject([{ to: APPROVALS }, { edits: 'm1', notice: { record: { failure: 'declined' } } }]);
  });

  it('is followed by a reminder that answers it, unless it waits no more', async () => {
    const [waits, decided] = [await operation('awaiting_approval'), await operation('awaiting_approval')];
    const { announcing, brought } = announcer();
    for (const number of [waits, decided]) await owe({ kind: 'card', operation: number });
    await postNotices(services, announcing);
    await store.sql`update operations set state = 'failed', failure = 'not_approved' where number = ${decided}`;
    for (const number of [waits, decided]) await owe({ kind: 'reminder', operation: number });
    await postNotices(services, announcing);
    expect(brought.slice(2)).toMatchObject([{ to: APPROVALS, replyTo: 'm1', notice: { kind: 'reminder' } }]);
  });
});

describe('a member', () => {
  const tell = async (number: number, content?: { left: 'day' | 'hour' }) => {
    const { announcing, brought } = announcer();
    await owe({ kind: 'member', operation: number, recipientId: MEMBER, ...(content ? { content } : {}) });
    await postNotices(services, announcing);
    return brought.filter(({ notice }) => notice.kind === 'member').length;
  };

  it('is told of what the team lets them be told of', async () => {
    expect(await tell(await operation('succeeded'))).toBe(1);
    await set({ memberNotices: ['credits'] });
    expect(await tell(await operation('succeeded'))).toBe(0);
    expect(await tell(await operation('succeeded', { verb: 'credits.grant' }))).toBe(1);
  });

  it('is told nothing of what did not happen, or is not known to have', async () => {
    expect(await tell(await operation('failed'))).toBe(0);
    expect(await tell(await operation('unknown'))).toBe(0);
  });

  it('who wants to be told nothing is not; but always that their e-mail address was changed', async () => {
    await store.sql`insert into people (user_id, told) values (${MEMBER}, false)`;
    expect(await tell(await operation('succeeded'))).toBe(0);
    const edit = async (input: object) => tell(await operation('succeeded', { verb: 'account.edit', input }));
    expect(await edit({ username: 'alexander' })).toBe(0);
    expect(await edit({ email: 'alex@example.org' })).toBe(1);
  });

  it('is told that the end of a suspension is near, unless it has come already', async () => {
    const suspension = await suspend('timed', new Date(Date.now() + HOUR_MS));
    await postNotices(services, announcer().announcing);
    expect(await tell(suspension, { left: 'hour' })).toBe(1);
    await operation('succeeded', { verb: 'account.unsuspend', link: suspension });
    expect(await tell(suspension, { left: 'hour' })).toBe(0);
  });

  it('who accepts no direct messages is left alone for a day, which is no failure', async () => {
    const { announcing, brought, closed } = announcer();
    closed.add(MEMBER);
    const news = async () => {
      await owe({ kind: 'member', operation: await operation('succeeded'), recipientId: MEMBER });
      await postNotices(services, announcing);
    };
    await news();
    await news();
    expect(brought).toHaveLength(1);
    expect(await fates()).toEqual(['they accept no direct messages', 'they accept no direct messages']);
    await store.sql`update people set dm_closed_at = now() - interval '25 hours'`;
    closed.clear();
    await news();
    expect(brought).toHaveLength(2);
    expect(await store.sql`select from people where dm_closed_at is not null`).toEqual([]);
  });
});

it('two processes bring each notice once', async () => {
  const numbers = [];
  for (let count = 0; count < 4; count += 1) numbers.push(await suspend());
  const { announcing, brought } = announcer(() => delay(5));
  await Promise.all([postNotices(services, announcing), postNotices(services, announcing)]);
  await postNotices(services, announcing);
  expect(brought.map(numberOf)).toEqual(numbers);
});
