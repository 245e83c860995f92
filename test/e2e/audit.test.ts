/** The audit log as those see it who answer for it: checked, exported, and with people's data forgotten. */

import { describe, expect, test } from 'vitest';
import { postHead } from '../../src/services/audit/heads.ts';
import { sealAll } from '../harness/sealing.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_DM } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, services, store, ada, tomasz, mira, alex } = house;

const account = await house.account('alexb', { member: alex.id });
await tomasz.types('credits add', { account: 'alexb', amount: '50', reason: '=HYPERLINK("x")' });
await tomasz.sends(await tomasz.types('user edit', { account: 'alexb' }), { email: 'alexandra@example.com' });
await mira.types('user suspend', { account: 'alexb', reason: 'Chargeback' });

const today = new Date().toISOString().slice(0, 10);
const RANGE = { from: '2026-01-01', to: '2099-12-31' };

async function seal(): Promise<void> {
  await sealAll(services);
}

/** What is in the files of a message, by their names. */
async function filesOf({ message }: Screen): Promise<Record<string, string>> {
  const texts = message.attachments.map(async ({ filename, url }) => [filename, await (await fetch(url)).text()]);
  return Object.fromEntries(await Promise.all(texts));
}

describe('/audit export', () => {
  test('gives the rows as a file, to one person alone, without what is personal', async () => {
    const shown = await tomasz.types('audit export', RANGE);
    expect(shown.isPrivate).toBe(true);
    expect(shown.text).toMatch(/^\d+ rows of 2026-01-01 to 2099-12-31\nThat you exported it is in the audit log/);
    const files = await filesOf(shown);
    expect(Object.keys(files)).toEqual(['audit-2026-01-01-2099-12-31.csv']);
    const [csv = ''] = Object.values(files);
    expect(csv).toContain(',credits.grant,succeeded,main,');
    expect(csv).not.toContain('@example.com');
  });

  test('asks for the days in a form, and gives JSON lines with personal values to who may see them', async () => {
    const asked = await tomasz.types('audit export', { format: 'jsonl', personal: true });
    expect(asked.fields).toEqual(['from', 'to']);
    const shown = await tomasz.sends(asked, RANGE);
    expect(shown.text).toContain('These files hold personal data');
    const [text = ''] = Object.values(await filesOf(shown));
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.find(({ action }) => action === 'account.edit')?.personal.after).toEqual({
      email: 'alexandra@example.com',
    });
    expect(rows.find(({ action }) => action === 'audit.export')?.actorId).toBe(tomasz.id);
  });

  test('says in words what cannot be exported', async () => {
    expect((await tomasz.types('audit export', { from: '2020-01-01', to: '2020-01-02' })).text).toBe(
      'Nothing was recorded in these days: 2020-01-01 to 2020-01-02.',
    );
    expect((await tomasz.types('audit export', { from: today, to: '2020-01-02' })).text).toBe(
      'To: the last day comes before the first. Nothing was changed.',
    );
    expect((await mira.types('audit export', RANGE)).text).toMatch(/^You may not export accounts\./);
  });
});

test('/audit search finds what was exported, by its name as it is completed', async () => {
  const found = await ada.types('audit search', { action: 'Audit log exported' });
  expect(found.text).toMatch(/Audit log exported · by @tomasz/);
  expect((await ada.types('audit search', { action: 'credits.grant' })).text).toContain('+50');
});

describe('/audit verify', () => {
  test('says that all is as it was sealed, up to the head that is posted in the audit channel', async () => {
    await seal();
    expect((await mira.types('audit verify')).text).toContain('No head was posted yet');
    await postHead(services);
    const lines = await house.auditLines();
    expect(lines.filter((line) => /^Audit log sealed up to row \d+: `\d+-[0-9a-f]{64}`$/.test(line))).toHaveLength(1);
    const shown = await mira.types('audit verify');
    expect(shown.isPrivate).toBe(true);
    expect(shown.text).toMatch(
      /^The audit log is whole\nAll \d+ rows since ‹when› are as they were sealed\.\nIt leads to the head/,
    );
    expect(shown.text).toContain('posted to the audit channel ‹when›');
  });

  test('takes a head that somebody kept, copied with whatever stood around it', async () => {
    const kept = /`(\d+-[0-9a-f]{64})`/.exec((await mira.types('audit verify')).source)?.[1] ?? '';
    expect((await mira.types('audit verify', { head: `Keep this head: \`${kept}\`` })).text).toContain(
      'It leads to the head that you gave',
    );
    expect((await mira.types('audit verify', { head: 'nonsense' })).text).toMatch(/^Head: Copy the whole head/);
  });

  test('knows from the channel that the end was cut off, though the database forgot the head as well', async () => {
    await store.sql`alter table audit_seals disable trigger audit_seals_only_grows`;
    await store.sql`create table kept as select * from audit_seals where position > 2`;
    await store.sql`create table kept_heads as select * from notices where kind = 'head'`;
    await store.sql`delete from audit_seals where position > 2`;
    await store.sql`delete from notices where kind = 'head'`;
    expect((await ada.types('audit verify')).text).toMatch(
      /^The audit log is not as it was sealed\nThe log was cut off after row 2: there were \d+ rows\.\nThat is by the head posted to the audit channel/,
    );
    await store.sql`insert into audit_seals select * from kept`;
    await store.sql`insert into notices overriding system value select * from kept_heads`;
    expect((await ada.types('audit verify')).text).toMatch(/^The audit log is whole/);
  });

  test('names a row that was changed in the database by hand', async () => {
    await store.sql`alter table audit disable trigger audit_only_grows`;
    const change = (actorId: string) =>
      store.sql`update audit set actor_id = ${actorId} where action = 'credits.grant'`;
    await change(alex.id);
    expect((await ada.types('audit verify')).text).toMatch(
      /^The audit log is not as it was sealed\nRow 1 of ‹when› does not bear its seal: it was changed after it was sealed\.\nIt says now: Credits given · by @alex · #1000/,
    );
    await change(tomasz.id);
    expect((await ada.types('audit verify')).text).toMatch(/^The audit log is whole/);
  });
});

describe('/account forget', () => {
  test('says what goes and what stays, forgets once it is confirmed, and leaves the chain whole', async () => {
    const asked = await alex.types('account forget', {}, IN_DM);
    expect(asked.text).toMatch(/^Forget what Steward keeps about you\?\nThis goes, for good:(?:.|\n)*This stays:/);
    expect(asked.actions).toEqual(['Forget it', 'Leave it']);
    await store.sql`update operations set ended_at = ended_at - interval '3 days'`;
    expect((await alex.presses(asked, 'Forget it')).text).toBe(
      'Forgotten: what was personal in one entry of the record and 3 operations.',
    );
    expect(await store.sql`select from audit_personal`).toEqual([]);
    await seal();
    expect((await ada.types('audit verify')).text).toMatch(/^The audit log is whole/);
    const history = await mira.types('user history', { account: account.reference });
    expect(history.text).toContain('+50');
  });

  test('forgets nothing for who leaves it, or never had an account', async () => {
    const asked = await house.robin.types('account forget', {}, IN_DM);
    expect((await house.robin.presses(asked, 'Leave it')).text).not.toContain('Forgotten');
    const again = await house.robin.types('account forget', {}, IN_DM);
    expect((await house.robin.presses(again, 'Forget it')).text).toBe('Nothing was left to forget.');
  });
});

test('nothing of this broke Discord’s rules', () => {
  expect(discord.violations).toEqual([]);
});
