/** What reaches people without their having asked: the card of an approval, the line of the audit channel, direct messages. */
import type { APIMessage } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startHouse } from './fixtures/house.ts';
import { asRead } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, mira, tomasz } = house;
const jo = USER_IDS.jo;

await house.set('approvalsChannelId', CHANNEL_IDS.accounting);
await house.set('alertRoleId', ROLE_IDS.accountant);
await store.sql`update grants set per_act = '100' where preset = 'moderator'`;
await store.sql`
  insert into grants (subject_kind, subject_id, preset, created_by, origin) values ('user', ${tomasz.id}, 'administrator', 'test', 'tomasz')`;
await house.services.policy.refresh();

const nameOf = (id: string) => discord.state.users.get(id)?.username ?? 'nobody';
const read = (message: APIMessage | undefined) => asRead(textOf(message ?? null), nameOf);

/** Brings what is owed, and reads what stands in a channel last. */
async function lastIn(channelId: string): Promise<APIMessage | undefined> {
  await house.auditLines();
  return discord.messagesIn(channelId).at(-1)?.message;
}

const direct = (userId: string) => lastIn(discord.state.directChannelOf(userId, discord.state.botId).id);
const card = () => lastIn(CHANNEL_IDS.accounting);

const ask = async () => {
  const account = await house.customer({ member: jo });
  const asked = await mira.types('credits add', { account: account.reference, amount: '300', reason: 'Event prize' });
  return { account, asked };
};

beforeEach(async () => {
  await store.sql`update links set removed_at = now() where removed_at is null`;
  discord.clearJournal();
});

describe('what is over a limit', () => {
  test('is approved by the buttons of its card, and everybody concerned is told', async () => {
    const { account } = await ask();
    const posted = await card();
    expect(read(posted)).toContain('it is more than the 100 that they may move at once');
    if (!posted) throw new Error('there is no card');
    await discord.as(tomasz.id).press(posted, 'Approve');
    await vi.waitFor(async () => expect((await account.now()).balance?.minor).toBe(42_000n));
    expect(read(await card())).toMatch(/^Done · approved by @tomasz · #\d+\n\+300 · /);
    expect(read(await direct(mira.id))).toContain('It is done: +300');
    expect(read(await direct(jo))).toContain('The team gave you 300 credits: Event prize. You have 420 credits now.');
    expect((await house.auditLines()).at(-1)).toContain('approved by @tomasz');
  });

  test('is declined with a reason, which whoever asked is told', async () => {
    const { account } = await ask();
    const posted = await card();
    if (!posted) throw new Error('there is no card');
    const { form } = await discord.as(tomasz.id).press(posted, 'Decline…');
    await discord.as(tomasz.id).submit(form, { reason: 'Too much' });
    await house.bringNotices();
    const changed = discord.messagesIn(CHANNEL_IDS.accounting).find(({ message }) => message.id === posted.id);
    expect(read(changed?.message)).toContain('declined by @tomasz: Too much');
    expect(read(await direct(mira.id))).toContain('It did not happen: +300');
    expect(read(await direct(mira.id))).toContain('Too much');
    expect((await account.now()).balance?.minor).toBe(12_000n);
  });
});

test('what was done is taken back from its line in the audit channel, which then says so', async () => {
  const account = await house.customer({ member: jo });
  await mira.types('credits add', { account: account.reference, amount: '50', reason: 'Power cut' });
  const line = await lastIn(CHANNEL_IDS.staffAudit);
  if (!line) throw new Error('there is no line');
  await discord.as(mira.id).press(line, 'Undo');
  await vi.waitFor(async () => expect((await account.now()).balance?.minor).toBe(12_000n));
  const lines = await house.auditLines();
  expect(lines.at(-2)).toContain('taken back by @mira');
  expect(lines.at(-1)).toContain('takes back #');
  expect(read(await direct(jo))).toContain('The team took back 50 credits that it had given you');
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
