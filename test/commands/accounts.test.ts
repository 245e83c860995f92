import { beforeEach, describe, expect, test } from 'vitest';
import { USER_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { everything, IN_STAFF, startCommunity } from './fixtures/community.ts';

const community = await startCommunity();
const { discord, panel, store } = community;
const ada = community.as(USER_IDS.ada);
const mira = community.as(USER_IDS.mira);
const sam = community.as(USER_IDS.sam);

beforeEach(() => community.set('staffChannelIds', []));

const numberOf = async (verb: string) => {
  const [row] = await store.sql<{ number: number }[]>`
    select number::integer from operations where verb = ${verb} order by number desc limit 1`;
  return row?.number;
};

describe('/user view', () => {
  test('shows a member’s account with the e-mail masked, and reveals it on request, audited', async () => {
    await community.account('alexm', { member: USER_IDS.alex });
    const card = await mira.command('user view', { member: USER_IDS.alex }, IN_STAFF);
    expect(textOf(card.message)).toContain('a•••@example.com');
    expect(everything(card.message)).not.toContain('alexm@');
    if (!card.message) throw new Error('no card');
    const revealed = await mira.press(card.message, 'Reveal e-mail');
    expect(textOf(revealed.message)).toContain('alexm\\@example.com');
    expect(revealed.ephemeral).toBe(true);
    expect(
      await store.sql`select from audit where action = 'account.reveal' and actor_id = ${USER_IDS.mira}`,
    ).toHaveLength(1);
  });

  test('is found by a right-click, too', async () => {
    await community.account('rightclicked', { member: USER_IDS.jo });
    const card = await mira.userCommand('View account', USER_IDS.jo, IN_STAFF);
    expect(textOf(card.message)).toContain('rightclicked');
  });

  test('is shown to a channel of staff without what is personal', async () => {
    await community.set('staffChannelIds', [IN_STAFF.channelId]);
    const account = await community.account('shown');
    const card = await mira.command('user view', { account: `test/${account.id}` }, IN_STAFF);
    expect(card.ephemeral).toBe(true);
    if (!card.message) throw new Error('no card');
    const shown = await mira.press(card.message, 'Show here');
    expect(shown.ephemeral).toBe(false);
    expect(everything(shown.message)).not.toContain('shown@');
    expect(textOf(shown.message)).toContain(`shown by <@${USER_IDS.mira}>`);
    if (!shown.message) throw new Error('nothing shown');
    const opened = await sam.press(shown.message, 'Open card');
    expect(opened.ephemeral).toBe(true);
    expect(everything(opened.message)).not.toContain('Give credits');
  });

  test('of a member without an account offers to link and to create', async () => {
    const unlinked = await mira.command('user view', { member: USER_IDS.mira }, IN_STAFF);
    expect(everything(unlinked.message)).toContain('Link to…');
    expect(everything(unlinked.message)).toContain('Create account');
  });

  test('asks in a form when nobody is named', async () => {
    await community.account('named');
    const asked = await mira.command('user view', {}, IN_STAFF);
    expect(asked.kind).toBe('form');
    const card = await mira.submit(asked.form, { account: 'named' });
    expect(textOf(card.message)).toContain('### named');
  });
});

describe('/user create', () => {
  test('creates an account and links it', async () => {
    const asked = await mira.command('user create', { member: USER_IDS.lina ?? USER_IDS.jo }, IN_STAFF);
    expect(asked.kind).toBe('form');
    const fields = JSON.stringify(asked.form?.form);
    expect(fields).toContain('"custom_id":"email"');
    expect(fields).not.toContain('"custom_id":"role"');
  });

  test('names the field that is taken, and reopens the form filled in', async () => {
    await community.account('taken');
    const refused = await mira.command('user create', { email: 'new@example.com', username: 'taken' }, IN_STAFF);
    expect(textOf(refused.message)).toMatch(/uses this username/);
    if (!refused.message) throw new Error('no answer');
    const again = await mira.press(refused.message, 'Correct');
    expect(JSON.stringify(again.form?.form)).toContain('new@example.com');
    const created = await mira.submit(again.form, { username: 'free' });
    expect(textOf(created.message).replaceAll('*', '')).toContain(`Created · #${await numberOf('account.create')}`);
  });
});

describe('/user edit', () => {
  test('fills the form in and changes what was changed', async () => {
    const account = await community.account('toedit');
    const asked = await ada.command('user edit', { account: `test/${account.id}` }, IN_STAFF);
    expect(JSON.stringify(asked.form?.form)).toContain('toedit@example.com');
    const edited = await ada.submit(asked.form, { name: 'A new name' });
    expect(textOf(edited.message).replaceAll('*', '')).toContain('Edited · Name');
    expect(panel.read(account.id).name).toBe('A new name');
  });

  test('does not show the e-mail to those who may not change it', async () => {
    const account = await community.account('noemail');
    const asked = await mira.command('user edit', { account: `test/${account.id}` }, IN_STAFF);
    expect(JSON.stringify(asked.form?.form)).not.toContain('noemail@example.com');
    await mira.submit(asked.form, { username: 'renamed' });
    expect(panel.read(account.id)).toMatchObject({ username: 'renamed', email: 'noemail@example.com' });
  });

  test('refuses a form that was opened before somebody else changed the account', async () => {
    const account = await community.account('stale');
    const first = await ada.command('user edit', { account: `test/${account.id}` }, IN_STAFF);
    const second = await mira.command('user edit', { account: `test/${account.id}` }, IN_STAFF);
    await mira.submit(second.form, { name: 'By Mira' });
    const refused = await ada.submit(first.form, { name: 'By Ada' });
    expect(textOf(refused.message)).toContain('has changed since');
    expect(panel.read(account.id).name).toBe('By Mira');
  });

  test('asks for the account first when it is not named', async () => {
    await community.account('later');
    const asked = await ada.command('user edit', {}, IN_STAFF);
    const next = await ada.submit(asked.form, { account: 'later' });
    if (!next.message) throw new Error('no way on');
    const form = await ada.press(next.message, 'Continue');
    expect(JSON.stringify(form.form?.form)).toContain('later@example.com');
  });
});

describe('/user suspend', () => {
  test('asks for the reason with the last one preselected, and opens the card with it', async () => {
    await community.set('reasons', ['Spam', 'Chargeback']);
    const account = await community.account('spammer');
    const asked = await mira.command('user suspend', { account: 'spammer' }, IN_STAFF);
    const done = await mira.submit(asked.form, { reason: 'In my own words' });
    expect(textOf(done.message).replaceAll('*', '')).toContain('Suspended · In my own words');
    const card = await mira.command('user view', { account: 'spammer' }, IN_STAFF);
    expect(textOf(card.message)).toMatch(/^\*\*Suspended\*\* by <@\d+> <t:\d+:R>, for: In my own words/);
    if (!card.message) throw new Error('no card');
    await mira.press(card.message, 'Lift suspension');
    expect(panel.read(account.id).status).toBe('active');
  });

  test('a second time says that it is suspended already', async () => {
    await community.account('twice');
    await mira.command('user suspend', { account: 'twice', reason: 'Spam' }, IN_STAFF);
    const again = await mira.command('user suspend', { account: 'twice', reason: 'Spam' }, IN_STAFF);
    expect(textOf(again.message)).toContain('suspended already');
  });

  test('offers a reason in one’s own words again the next time', async () => {
    await community.account('own1');
    await community.account('own2');
    await mira.command('user suspend', { account: 'own1', reason: 'Sold the login' }, IN_STAFF);
    const asked = await mira.command('user suspend', { account: 'own2' }, IN_STAFF);
    expect(JSON.stringify(asked.form?.form)).toMatch(/"value":"Sold the login","default":true/);
    const credits = await mira.command('credits add', { account: 'own2', amount: '1' }, IN_STAFF);
    expect(JSON.stringify(credits.form?.form)).not.toContain('Sold the login');
  });

  test('preselects the reason that was given last', async () => {
    await community.set('reasons', ['Spam', 'Chargeback']);
    await community.account('one');
    await community.account('two');
    await mira.command('user suspend', { account: 'one', reason: 'Chargeback' }, IN_STAFF);
    const asked = await mira.command('user suspend', { account: 'two' }, IN_STAFF);
    expect(JSON.stringify(asked.form?.form)).toMatch(/"value":"Chargeback","default":true/);
    const done = await mira.submit(asked.form);
    expect(textOf(done.message)).toContain('Chargeback');
  });
});

describe('/user delete', () => {
  test('previews, asks for the username, and deletes what can be restored', async () => {
    await community.set('graceHours', 0);
    const account = await community.account('goner');
    const preview = await ada.command('user delete', { account: 'goner', reason: 'Asked for it' }, IN_STAFF);
    expect(textOf(preview.message)).toMatch(/Delete goner/);
    expect(panel.read(account.id).status).toBe('active');
    if (!preview.message) throw new Error('no preview');
    const wrong = await ada.press(preview.message, 'Delete…');
    const refused = await ada.submit(wrong.form, { username: 'goner2' });
    expect(textOf(refused.message)).toContain('is not this account’s');
    expect(panel.read(account.id).status).toBe('active');
    const right = await ada.press(preview.message, 'Delete…');
    await ada.submit(right.form, { username: 'goner' });
    expect(panel.read(account.id).status).toBe('deleted');
    const card = await ada.command('user view', { account: `test/${account.id}` }, IN_STAFF);
    if (!card.message) throw new Error('no card');
    await ada.press(card.message, 'Restore');
    expect(panel.read(account.id).status).toBe('active');
  });
});

describe('/user role, /user verify', () => {
  test('change what they say', async () => {
    const account = await community.account('plainuser', { verified: false });
    const reseller = await ada.command('user role', { account: 'plainuser', change: 'add', role: 'nothing' }, IN_STAFF);
    expect(textOf(reseller.message)).toContain('no role called');
    await mira.command('user verify', { account: 'plainuser' }, IN_STAFF);
    expect(panel.read(account.id).verified).toBe(true);
  });
});

describe('/user note', () => {
  test('notes, lists, and lets the author withdraw', async () => {
    await community.account('noted');
    const noted = await mira.command('user note', { account: 'noted', text: 'Called twice' }, IN_STAFF);
    expect(textOf(noted.message)).toContain('Called twice');
    const seen = await sam.command('user note', { account: 'noted' }, IN_STAFF);
    expect(textOf(seen.message)).toContain('Called twice');
    expect(everything(seen.message)).not.toContain('Withdraw');
    if (!noted.message) throw new Error('no notes');
    await mira.press(noted.message, 'Withdraw');
    expect(textOf(noted.message)).toContain('~~Called twice~~');
  });

  test('adds one through the form', async () => {
    await community.account('formnoted');
    const none = await mira.command('user note', { account: 'formnoted' }, IN_STAFF);
    expect(textOf(none.message)).toContain('Nobody has left a note');
    if (!none.message) throw new Error('no notes');
    const form = await mira.press(none.message, 'Add a note');
    const noted = await mira.submit(form.form, { text: 'By form' });
    expect(textOf(noted.message)).toContain('By form');
  });
});

describe('/user list', () => {
  test('turns its pages in place, and opens an account', async () => {
    for (let index = 10; index < 24; index += 1) await community.account(`listed-${index}`);
    const list = await mira.command('user list', { query: 'listed-' }, IN_STAFF);
    if (!list.message) throw new Error('no list');
    expect(textOf(list.message)).toContain('listed-10');
    expect(textOf(list.message)).not.toContain('listed-20');
    await mira.press(list.message, 'Next');
    expect(textOf(list.message)).toContain('listed-20');
    await mira.press(list.message, 'Back');
    expect(textOf(list.message)).toContain('listed-10');
    const [first] = await store.sql<
      { account_id: string }[]
    >`select account_id from directory where username = 'listed-10'`;
    const opened = await mira.select(list.message, 'Open an account…', [`test/${first?.account_id}`]);
    expect(textOf(opened.message)).toContain('### listed-10');
  });

  test('of nothing says how to search', async () => {
    const none = await mira.command('user list', { query: 'nobodyatall' }, IN_STAFF);
    expect(textOf(none.message)).toContain('No account matches');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
