/** A new password: made by the bot, seen once by one person, and to be found nowhere else. */
import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { USER_IDS } from '../../sandbox/world.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { forgetSecrets } from '../../src/services/secrets/forget.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { ELSEWHERE, IN_DM, type Someone, someone } from './fixtures/people.ts';
import { type Screen, screenOfMessage } from './fixtures/screen.ts';

const lines: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
const house = await startHouse({ panel: 'test', log });
const { discord, panel, store, ada, tomasz, jo, mira } = house;
const haruka = someone(discord, USER_IDS.haruka ?? '');

const SHOW_MINE = 'Show my new password';
const SHOW_ONCE = 'Show it once';
const GONE = 'There is no password to be shown';

beforeEach(async () => {
  await store.sql`update links set removed_at = now() where removed_at is null`;
  discord.clearJournal();
  lines.length = 0;
});

const reset = ({ reference }: TestAccount, who = ada) =>
  who.types('user password', { account: reference, reason: 'Lost it' });

const passwordOf = ({ id }: TestAccount) => panel.read(id).password ?? 'none';

/** The last direct message that the bot has sent to somebody. */
async function directTo({ id }: Someone): Promise<Screen> {
  await house.bringNotices();
  const channel = discord.state.directChannelOf(id, discord.state.botId).id;
  const message = discord.as(id).messagesIn(channel).at(-1) ?? expect.fail('there is no direct message');
  return screenOfMessage(
    () => message,
    () => 'somebody',
  );
}

/** All that is stored, apart from what the panel itself would keep. */
async function everythingStored(): Promise<string> {
  const tables = await store.sql<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`;
  const parts = await Promise.all(
    tables.map(({ name }) => store.sql.unsafe<{ entry: string }[]>(`select t::text as entry from ${name} as t`)),
  );
  const bytes = await store.sql<{ entry: string }[]>`select encode(sealed, 'escape') as entry from secrets`;
  return [...parts.flat(), ...bytes].map(({ entry }) => entry).join('\n');
}

describe('where a member is linked', () => {
  test('they alone see it, once, by the button of a direct message', async () => {
    const account = await house.customer({ member: jo.id });
    const answer = await reset(account);
    expect(answer.text).toContain('New password set · Lost it · #');
    expect(answer.text).toContain('It goes to @jo as a direct message');
    expect(answer.actions).toEqual(['Open card']);
    const told = await directTo(jo);
    expect(told.text).toContain('The team set a new password for your account: Lost it.');
    expect(told.text).not.toContain('/account notifications');
    const shown = await jo.presses(told, SHOW_MINE);
    expect(shown.text).toContain(passwordOf(account));
    expect(shown.text).toContain(account.username);
    expect((await jo.presses(told, SHOW_MINE)).text).toContain(GONE);
    expect((await jo.types('account password', {}, IN_DM)).text).toContain(GONE);
    expect((await house.auditLines()).join('\n')).toContain('New password set');
    expect([
      ...(await store.sql`select actor_id, member_id from audit where action = 'account.password_shown'`),
    ]).toEqual([{ actor_id: jo.id, member_id: jo.id }]);
  });

  test('nobody else sees it, neither who made it nor an owner', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account, tomasz);
    for (const person of [tomasz, ada]) {
      expect((await person.types('account password')).text).toContain(GONE);
    }
    const shown = await jo.presses(await directTo(jo), SHOW_MINE);
    expect(shown.text).toContain(passwordOf(account));
  });

  test('it stands in no table, log line or message but the one answer that shows it', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    const password = passwordOf(account);
    const stored = await everythingStored();
    expect(stored).toContain(account.username);
    expect(stored).not.toContain(password);
    await jo.presses(await directTo(jo), SHOW_MINE);
    await jo.types('account view', {}, IN_DM);
    await ada.types('user history', { account: account.reference });
    await house.bringNotices();
    expect(await everythingStored()).not.toContain(password);
    expect(lines.filter((line) => line.includes(password))).toEqual([]);
    const sent = discord.journal.filter((entry) => JSON.stringify(entry).includes(password));
    expect(sent.map(({ method, path }) => `${method} ${path.replace(/\/webhooks\/.*/, '/webhooks')}`)).toEqual([
      'PATCH /webhooks',
    ]);
  });

  test('a member without direct messages finds it on their own card, and whoever made it is told', async () => {
    const account = await house.customer({ member: haruka.id });
    const first = await reset(account);
    expect(first.text).toContain('It goes to @haruka as a direct message');
    await house.bringNotices();
    expect((await house.toldTo(ada)).at(-1)).toContain('takes no direct messages, so the new password did not reach');
    await house.bringNotices();
    const card = await haruka.types('account view', {}, ELSEWHERE);
    const shown = await haruka.presses(card, SHOW_MINE);
    expect(shown.isPrivate).toBe(true);
    expect(shown.text).toContain(passwordOf(account));
    expect((await haruka.types('account view', {}, ELSEWHERE)).actions).not.toContain(SHOW_MINE);
    const again = await reset(account);
    expect(again.text).toContain('@haruka takes no direct messages. Tell them that');
  });

  test('of two presses at once one shows it', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    const told = await directTo(jo);
    const shown = await Promise.all([1, 2, 3].map(() => jo.presses(told, SHOW_MINE)));
    expect(shown.filter(({ text }) => text.includes(passwordOf(account)))).toHaveLength(1);
    expect(shown.filter(({ text }) => text.includes(GONE))).toHaveLength(2);
  });

  test('a link that was removed meanwhile shows nothing any more', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    const told = await directTo(jo);
    await store.sql`update links set removed_at = now() where removed_at is null`;
    expect((await jo.presses(told, SHOW_MINE)).text).toContain(GONE);
  });

  test('a later password makes an earlier one useless', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    const first = await directTo(jo);
    await reset(account);
    expect((await jo.presses(first, SHOW_MINE)).text).toContain(GONE);
    const shown = await jo.types('account password', {}, IN_DM);
    expect(shown.text).toContain(passwordOf(account));
  });

  test('who asks for their own account is shown it by the answer', async () => {
    const account = await house.customer({ member: ada.id });
    const answer = await reset(account);
    expect((await ada.presses(answer, SHOW_MINE)).text).toContain(passwordOf(account));
  });
});

describe('where the panel does not say whether it acted', () => {
  const ways = ['before', 'never', 'late'] as const;
  test.each(ways.flatMap((acts) => (['reference', 'state'] as const).map((proof) => ({ acts, proof }))))(
    'the account ends with the password that is shown: it acts $acts, proof by $proof',
    async ({ acts, proof }) => {
      panel.setTraits('password', { proof, idempotent: proof === 'reference' });
      const account = await house.customer({ member: jo.id });
      panel.failNext('password.set', { kind: 'timeout', acts });
      expect((await reset(account)).text).toContain('It is not known whether this happened: to set a new password');
      expect((await jo.types('account password', {}, IN_DM)).text).toContain(GONE);
      expect((await jo.types('account view', {}, IN_DM)).actions).not.toContain(SHOW_MINE);
      expect((await reset(account)).text).toContain('this part of the account rests');
      await expect.poll(() => settleDue(house.services)).toBe(0);
      await panel.actLate();
      const shown = await jo.presses(await directTo(jo), SHOW_MINE);
      expect(shown.text).toContain(passwordOf(account));
      expect(lines.filter((line) => line.includes('the outcome of an operation is unknown'))).toHaveLength(1);
      expect(lines.filter((line) => line.includes(passwordOf(account)))).toEqual([]);
      expect(await everythingStored()).not.toContain(passwordOf(account));
    },
  );

  test('what it refused is shown to nobody', async () => {
    const account = await house.customer({ member: jo.id });
    panel.failNext('password.set', { kind: 'refuse', failure: 'rejected', detail: 'Not like this.' });
    expect((await reset(account)).text).toContain('Not like this.');
    expect((await jo.types('account password', {}, IN_DM)).text).toContain(GONE);
    expect(await forgetSecrets(house.services)).toBeGreaterThan(0);
    expect(passwordOf(account)).toBe('none');
  });
});

describe('where nobody is linked', () => {
  test('whoever made it sees it once, privately, and that is recorded', async () => {
    const account = await house.customer();
    const answer = await reset(account, tomasz);
    expect(answer.isPrivate).toBe(false);
    expect(answer.text).toContain('Nobody is linked to this account.');
    expect((await ada.presses(answer, SHOW_ONCE)).text).toContain(GONE);
    expect((await mira.presses(answer, SHOW_ONCE)).text).toContain('You may not set new passwords');
    const shown = await tomasz.presses(answer, SHOW_ONCE);
    expect(shown.isPrivate).toBe(true);
    expect(shown.text).toContain(passwordOf(account));
    expect((await tomasz.presses(answer, SHOW_ONCE)).text).toContain(GONE);
    expect([
      ...(await store.sql`
        select actor_id from audit where action = 'account.password_shown' and account_id = ${account.id}`),
    ]).toEqual([{ actor_id: tomasz.id }]);
  });

  test('they do not see it any more once a member is linked, or their right is gone', async () => {
    const [linked, barred] = [await house.customer(), await house.customer()];
    const answers = [await reset(linked, tomasz), await reset(barred, tomasz)] as const;
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${linked.id}, ${jo.id}, 'code', 'test')`;
    expect((await tomasz.presses(answers[0], SHOW_ONCE)).text).toContain(GONE);
    await store.sql`update grants set revoked_at = now() where preset = 'administrator'`;
    await house.services.policy.refresh();
    expect((await tomasz.presses(answers[1], SHOW_ONCE)).text).toContain('You may not');
    await store.sql`update grants set revoked_at = null where preset = 'administrator'`;
    await house.services.policy.refresh();
  });

  test('where Discord does not take the answer that shows it, it is in no later one, and kept nowhere', async () => {
    const account = await house.customer();
    const answer = await reset(account);
    discord.faults.order('PATCH', '*', { kind: 'server-error', status: 503 }, { times: 6 });
    const pressed = await discord.as(ada.id).press(answer.message, SHOW_ONCE, { until: 'acknowledged' });
    await expect
      .poll(() => house.observations.at(-1))
      .toMatchObject({ command: 'user show-password', status: 'waiting' });
    discord.faults.clear();
    expect(await everythingStored()).not.toContain(passwordOf(account));
    await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(0);
    const said = pressed.messages.map(textOf).join();
    expect(said).toContain('ask again');
    expect(said).not.toContain(passwordOf(account));
    expect((await ada.presses(answer, SHOW_ONCE)).text).toContain(GONE);
  });
});

describe('its end', () => {
  test('after a day it is shown no more, and deleted', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    const told = await directTo(jo);
    await store.sql`update secrets set expires_at = now()`;
    expect((await jo.presses(told, SHOW_MINE)).text).toContain(GONE);
    expect((await jo.types('account view', {}, IN_DM)).actions).not.toContain(SHOW_MINE);
    expect(await forgetSecrets(house.services)).toBeGreaterThan(0);
    expect([...(await store.sql`select from secrets`)]).toEqual([]);
  });

  test('who wants to be forgotten leaves none behind', async () => {
    const account = await house.customer({ member: jo.id });
    await reset(account);
    expect([...(await store.sql`select user_id from secrets`)]).toEqual([{ user_id: jo.id }]);
    await jo.presses(await jo.types('account forget', {}, IN_DM), 'Forget it');
    expect([...(await store.sql`select from secrets`)]).toEqual([]);
  });

  test('it is nothing that can be taken back', async () => {
    const account = await house.customer();
    const answer = await reset(account);
    const number = /#(\d+)/.exec(answer.text)?.[1] ?? '';
    expect((await ada.types('undo', { operation: number })).text).toContain('nothing that can be taken back');
  });
});

test('a press that is delivered again, to another process, shows no second answer in the place of the first', async () => {
  const other = await house.another();
  const account = await house.customer({ member: jo.id });
  await reset(account);
  const told = await directTo(jo);
  const shown = () =>
    [house, other].map(
      ({ observations }) => observations.filter(({ command }) => command === 'account password').length,
    );
  const before = shown();
  const answer = await discord.as(jo.id).press(told.message, SHOW_MINE, { until: 'acknowledged' });
  discord.redeliver(answer.interactionId);
  await expect.poll(shown).toEqual(before.map((count) => count + 1));
  expect(answer.messages.map(textOf).join()).toContain(passwordOf(account));
  await other.stop();
  const after = await house.another();
  discord.redeliver(answer.interactionId);
  await expect.poll(() => after.observations.length).toBe(1);
  expect(answer.messages.map(textOf).join()).toContain(passwordOf(account));
  expect([...(await store.sql`select from owed_answers`)]).toEqual([]);
  await after.stop();
});
