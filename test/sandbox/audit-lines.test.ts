import { afterAll, expect, test } from 'vitest';
import { startLocalDiscord } from '../../sandbox/discord/server.ts';
import { postAuditLines } from '../../sandbox/seed/audit-lines.ts';
import { seedStore } from '../../sandbox/seed.ts';
import { textOf } from '../../sandbox/web/messages/message-text.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { testStore } from '../harness/database.ts';

const store = await testStore();
const discord = await startLocalDiscord({ world: harbourHosting() });
afterAll(() => discord.stop());

test('what Steward did lately stands in the audit channel: in order, read, and known as posted', async () => {
  await seedStore(store);
  await postAuditLines(store, discord);

  const messages = discord.messagesIn(CHANNEL_IDS.staffAudit).map(({ message }) => message);
  const times = messages.map(({ timestamp }) => Date.parse(timestamp));
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(messages.length).toBeGreaterThan(10);

  const said = messages.map(textOf);
  expect(said.some((line) => /~~\+50~~.*keiko/.test(line))).toBe(true);
  expect(said.at(-1)).toMatch(/\+25.*not known whether it happened.*greta/);

  const posted = await store.sql`
    select message_id from notices where kind = 'operation' and posted_at is not null and channel_id = ${CHANNEL_IDS.staffAudit} order by id`;
  expect(posted.map((row) => row.message_id)).toEqual(messages.map(({ id }) => id));
  expect(discord.state.readMarks.get(USER_IDS.mira)?.get(CHANNEL_IDS.staffAudit)).toBe(messages.at(-1)?.id);
  expect(discord.violations).toEqual([]);
});
