import type { APIMessage } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PickedFile } from '../../sandbox/protocol.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { createAnnouncer } from '../../src/discord/announcer.ts';
import { createRest } from '../../src/discord/gateway/rest.ts';
import { grantCredits } from '../../src/services/credits/grant.ts';
import { postNotices } from '../../src/services/notices/post.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { contextOf } from '../harness/services.ts';
import { sentence } from '../harness/words.ts';
import { everything, IN_STAFF, startCommunity } from './fixtures/community.ts';

const community = await startCommunity();
const { store, services } = community;
const announcer = createAnnouncer({ rest: createRest(community.discord), services, strict: true });
const ada = community.as(USER_IDS.ada);
const mira = community.as(USER_IDS.mira);
const sam = community.as(USER_IDS.sam);

const IN_GENERAL = { channelId: CHANNEL_IDS.general, evenIfHidden: true };
const LINK = 'https://discord.com/channels/900000000000000001/900000000000000101/900000000000000201';
const RECEIPT: PickedFile = {
  id: 'receipt',
  name: 'receipt of march.txt',
  contentType: 'text/plain',
  data: Buffer.from('Paid twice').toString('base64'),
};

/** A grant by Mira; its number. */
async function granted(username: string): Promise<number> {
  const account = await community.account(username);
  const ctx = contextOf(services, USER_IDS.mira ?? '', { roleIds: rolesOf(USER_IDS.mira) });
  const outcome = await grantCredits(ctx, {
    target: { panel: 'test', accountId: account.id },
    amount: '50',
    reason: 'Power cut',
  });
  if (outcome.kind !== 'done') throw new Error('the grant was not done');
  return outcome.operation.number;
}

const rolesOf = (userId = '') => community.discord.state.members.get(userId)?.roles ?? [];

function shown(message: APIMessage | null): APIMessage {
  if (!message) throw new Error('nothing was shown');
  return message;
}

/** Stores an operation that nobody works on. */
async function stored(changes: { state: string; username: string; reason?: string; doubt?: object }): Promise<number> {
  const account = await community.account(changes.username);
  const [row] = await store.sql<{ number: bigint }[]>`
    insert into operations (key, input_hash, verb, state, actor_id, panel, account_id, input, state_before, reason, delta_minor, unit_code,
      unit_scale, attempt_token, doubt)
    values (${crypto.randomUUID()}, '', 'credits.grant', ${changes.state}, ${USER_IDS.mira ?? ''}, 'test', ${account.id}, '{}',
      ${store.sql.json({ username: changes.username })}, ${changes.reason ?? null}, 50000, 'credits', 3, '',
      ${changes.doubt ? store.sql.json(changes.doubt as never) : null})
    returning number`;
  return Number(row?.number);
}

describe('/operations show', () => {
  test('tells what was done, by whom, why, to whom and what came of it', async () => {
    const number = await granted('shown');
    const { message, ephemeral } = await mira.command('operations show', { operation: `#${number}` }, IN_STAFF);
    const text = textOf(shown(message));
    for (const part of ['**Done**', `#${number} · +50 to shown`, `<@${USER_IDS.mira}>`, 'Power cut', '120 → **170**'])
      expect(text).toContain(part);
    expect(ephemeral).toBe(true);
  });

  test('takes the number without its sign, and offers the latest while one types', async () => {
    const number = await granted('offered');
    const { message } = await mira.command('operations show', { operation: String(number) }, IN_STAFF);
    expect(textOf(shown(message))).toContain(`#${number}`);
    const choices = await mira.autocomplete('operations show', { operation: 'offer' }, 'operation', IN_STAFF);
    expect(choices).toEqual([{ name: `#${number} · +50 · offered · Power cut`, value: `#${number}` }]);
    const byNumber = await mira.autocomplete('operations show', { operation: `#${number}` }, 'operation', IN_STAFF);
    expect(byNumber.map(({ value }) => value)).toContain(`#${number}`);
  });

  test('says of a number that there is none, and takes no other text for one', async () => {
    const none = await mira.command('operations show', { operation: '#999999' }, IN_STAFF);
    expect(textOf(shown(none.message))).toContain(sentence('operation.none', { number: 999_999 }));
    const wrong = await mira.command('operations show', { operation: 'the last one' }, IN_STAFF);
    expect(textOf(shown(wrong.message))).toContain('Write the number of an operation');
  });

  test('hides amounts from whoever may not look at credits', async () => {
    const number = await granted('counted');
    await community.give({ user: USER_IDS.jo ?? '', permission: 'audit.view' });
    const where = { channelId: CHANNEL_IDS.general, evenIfHidden: true };
    const { message } = await community.as(USER_IDS.jo).command('operations show', { operation: `#${number}` }, where);
    expect(textOf(shown(message))).toContain(`#${number} · Credits given · counted`);
    expect(everything(message)).not.toMatch(/\+50|120|170/);
  });

  test('asks whoever settles to say what came of one in doubt, and shows nobody else the buttons', async () => {
    const number = await stored({ state: 'unknown', username: 'doubtful', doubt: { why: 'unclear' } });
    const options = { operation: `#${number}` };
    const toOwner = await ada.command('operations show', options, IN_STAFF);
    expect(everything(toOwner.message)).toContain('It happened');
    const toMira = await mira.command('operations show', options, IN_STAFF);
    expect(textOf(shown(toMira.message))).toContain('Not known whether it happened');
    expect(everything(toMira.message)).not.toContain('It happened');
  });
});

describe('the buttons of an operation', () => {
  const robin = community.as(USER_IDS.robin);
  beforeAll(() => community.give({ user: USER_IDS.robin ?? '', preset: 'moderator' }));

  const labels = async (person: typeof mira, number: number) => {
    const { message } = await person.command('operations show', { operation: `#${number}` }, IN_GENERAL);
    return [...everything(message).matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label);
  };

  test('let take back one’s own deed, and another’s with the right to its opposite', async () => {
    const number = await granted('undone');
    expect(await labels(mira, number)).toEqual(['Open card', 'Undo', 'Correct…']);
    expect(await labels(robin, number)).toEqual(['Open card']);
    expect(await labels(ada, number)).toEqual(['Open card', 'Undo', 'Correct…']);
  });

  test('let nobody approve what they asked for, and everybody call off their own', async () => {
    const number = await stored({ state: 'awaiting_approval', username: 'asked' });
    expect(await labels(mira, number)).toEqual(['Decline…', 'Open card', 'Correct…']);
    expect(await labels(ada, number)).toEqual(['Approve', 'Decline…', 'Open card', 'Correct…']);
    expect(await labels(robin, number)).toEqual(['Open card']);
  });
});

describe('/operations pending', () => {
  test('lists what has not ended, oldest first, and opens it', async () => {
    const first = await stored({ state: 'awaiting_approval', username: 'waiting' });
    const second = await stored({ state: 'unknown', username: 'unclear' });
    const { message } = await mira.command('operations pending', {}, IN_STAFF);
    const text = textOf(shown(message));
    expect(text.indexOf(`#${first}`)).toBeGreaterThan(-1);
    expect(text.indexOf(`#${second}`)).toBeGreaterThan(text.indexOf(`#${first}`));
    const opened = await mira.select(shown(message), 'Open an operation…', [String(first)]);
    expect(textOf(shown(opened.message))).toContain('Waits for approval');
  });

  test('with nothing open says so, with a way on', async () => {
    await store.sql`update operations set state = 'failed', doubt = null where state in ('awaiting_approval', 'unknown')`;
    const { message } = await mira.command('operations pending', {}, IN_STAFF);
    expect(textOf(shown(message))).toContain('Nothing is open');
    const search = await mira.press(shown(message), 'Search the record');
    expect(textOf(shown(search.message))).toContain('Audit log');
  });
});

describe('/operations amend', () => {
  test('adds reason, message and file beside what was recorded, which stays', async () => {
    const number = await granted('amended');
    const options = { operation: `#${number}`, reason: 'Event prize', message: LINK, file: RECEIPT.id };
    const { message } = await mira.command('operations amend', options, { ...IN_STAFF, files: [RECEIPT] });
    const text = textOf(shown(message));
    for (const part of ['~~Power cut~~ Event prize', LINK, 'receipt of march.txt']) expect(text).toContain(part);
    const file = await mira.press(shown(message), 'Show file');
    const [attachment] = shown(file.message).attachments;
    expect(file.ephemeral).toBe(true);
    expect(attachment?.filename).toBe('receipt_of_march.txt');
    expect(await (await fetch(attachment?.url ?? '')).text()).toBe('Paid twice');
    const [audit] = await store.sql<{ facts: object; actor_id: string }[]>`
      select facts, actor_id from audit where action = 'operation.amend' and operation = ${number}`;
    expect(audit).toMatchObject({ actor_id: USER_IDS.mira, facts: { reason: 'Event prize', message: LINK } });
    const [operation] = await store.sql`select reason from operations where number = ${number}`;
    expect(operation?.reason).toBe('Power cut');
  });

  test('is asked in a form, a file in it, and keeps what was typed when a part is wrong', async () => {
    const number = await granted('formed');
    const card = await mira.command('operations show', { operation: `#${number}` }, IN_STAFF);
    const opened = await mira.press(shown(card.message), 'Correct…');
    expect(JSON.stringify(opened.form?.form)).toContain(`For **#${number}**`);
    const typed = { reason: 'Typed once', message: 'not a link', file: [RECEIPT.id] };
    const wrong = await mira.submit(opened.form, typed, { files: [RECEIPT] });
    expect(textOf(shown(wrong.message))).toContain('Copy Message Link');
    const again = await mira.press(shown(wrong.message), 'Correct');
    const done = await mira.submit(again.form, { message: LINK });
    for (const part of ['Typed once', LINK, 'receipt of march.txt'])
      expect(textOf(shown(done.message))).toContain(part);
  });

  test('shows the corrected reason wherever the reason stands', async () => {
    const number = await granted('everywhere');
    await mira.command('operations amend', { operation: `#${number}`, reason: 'Event prize' }, IN_STAFF);
    for (const command of ['user view', 'user history']) {
      const { message } = await mira.command(command, { account: `#${number}` }, IN_STAFF);
      expect(textOf(shown(message))).toContain('~~Power cut~~ Event prize');
    }
  });

  test('changes the line in the audit channel, and posts no other', async () => {
    const number = await granted('told');
    await community.set('auditChannelId', CHANNEL_IDS.staffAudit);
    const linesOf = async () => {
      while ((await postNotices(services, announcer)) > 0);
      const lines = ada.messagesIn(CHANNEL_IDS.staffAudit ?? '').map(textOf);
      return lines.filter((line) => line.includes(`#${number}`));
    };
    expect(await linesOf()).toEqual([expect.not.stringContaining('Event prize')]);
    await mira.command('operations amend', { operation: `#${number}`, reason: 'Event prize' }, IN_STAFF);
    expect(await linesOf()).toEqual([expect.stringContaining('~~Power cut~~ Event prize')]);
  });

  test('without anything to add says so, and asks', async () => {
    const number = await granted('empty');
    const { message } = await mira.command('operations amend', { operation: `#${number}` }, IN_STAFF);
    expect(textOf(shown(message))).toContain(sentence('amendment.empty', {}));
    expect((await mira.press(shown(message), 'Correct')).kind).toBe('form');
  });

  test('is for whoever did it and still may, and for those who settle', async () => {
    const number = await granted('foreign');
    const options = { operation: `#${number}`, reason: 'Mine now' };
    const bySam = await sam.command('operations amend', options, IN_STAFF);
    expect(textOf(shown(bySam.message))).toContain(sentence('policy.denied', { permission: 'operations.settle' }));
    const byOwner = await ada.command('operations amend', options, IN_STAFF);
    expect(textOf(shown(byOwner.message))).toContain('Mine now');
  });
});

test('an account is found by the number of what was done to it', async () => {
  const number = await granted('numbered');
  const { message } = await mira.command('user view', { account: `#${number}` }, IN_STAFF);
  expect(textOf(shown(message))).toContain('numbered');
});
