import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { changeButton } from '../harness/settings-button.ts';
import { everything, IN_DM, IN_STAFF, startCommunity } from './fixtures/community.ts';

const community = await startCommunity();
const { discord } = community;
const ada = community.as(USER_IDS.ada);
const mira = community.as(USER_IDS.mira);
const sam = community.as(USER_IDS.sam);

const plainText = (message: Parameters<typeof textOf>[0]) => textOf(message).replaceAll('*', '');

describe('/policy', () => {
  test('explains why a helper may not give credits', async () => {
    const asked = { member: USER_IDS.sam, permission: 'credits.grant' };
    const answer = await mira.command('policy explain', asked, IN_STAFF);
    expect(plainText(answer.message)).toMatch(/^No\. <@\d+> may not give credits\./);
    expect(plainText(answer.message)).toContain(`<@&${ROLE_IDS.helper}>, which holds Helper`);
    expect(plainText(answer.message)).toContain('It takes Moderator');
  });

  test('explains with an account why a right does not hold on it', async () => {
    const own = await community.account('mirasown', { member: USER_IDS.mira });
    const asked = { member: USER_IDS.mira, permission: 'credits.grant', account: `test/${own.id}` };
    const answer = await sam.command('policy explain', asked, IN_STAFF);
    expect(plainText(answer.message)).toMatch(/^No\./);
    expect(plainText(answer.message)).toContain('it is their own');
  });

  test('completes permissions by what they let people do', async () => {
    const choices = await mira.autocomplete('policy explain', { permission: 'give cred' }, 'permission', IN_STAFF);
    expect(choices).toEqual([{ name: 'Give credits (credits.grant)', value: 'credits.grant' }]);
  });

  test('grants, lists, and revokes', async () => {
    const limits = { per_act: '100', per_day: '500' };
    const granted = await ada.command(
      'policy grant',
      { who: ROLE_IDS.accountant, preset: 'accountant', ...limits },
      IN_STAFF,
    );
    expect(plainText(granted.message)).toBe(
      `Granted · <@&${ROLE_IDS.accountant}> · Accountant · up to 100 at once and 500 a day`,
    );
    const list = await ada.command('policy list', {}, IN_STAFF);
    expect(textOf(list.message)).toContain(`<@&${ROLE_IDS.accountant}>`);
    const revoked = await ada.command('policy revoke', { who: ROLE_IDS.accountant }, IN_STAFF);
    expect(plainText(revoked.message)).toMatch(/^Revoked/);
    const again = await ada.command('policy revoke', { who: ROLE_IDS.accountant }, IN_STAFF);
    expect(textOf(again.message)).toContain('no such grant');
  });

  test('grants through a form', async () => {
    const asked = await ada.command('policy grant', {}, IN_STAFF);
    const granted = await ada.submit(asked.form, { who: [ROLE_IDS.accountant], preset: 'accountant' });
    expect(plainText(granted.message)).toContain('Accountant');
    const list = await ada.command('policy list', {}, IN_STAFF);
    if (!list.message) throw new Error('no list');
    const revoked = await ada.press(list.message, 'Revoke');
    expect(plainText(revoked.message)).toContain('Revoked');
  });

  test('lets nobody but those who may grant', async () => {
    const refused = await mira.command('policy grant', { who: USER_IDS.sam, preset: 'moderator' }, IN_STAFF);
    expect(textOf(refused.message)).toContain('You may not decide who may do what');
  });

  test('shows the list without a way to revoke to those who may only read', async () => {
    const list = await mira.command('policy list', {}, IN_STAFF);
    expect(everything(list.message)).toContain('Helper');
    expect(everything(list.message)).not.toContain('Revoke');
  });
});

describe('/settings', () => {
  test('are changed in a form for each group, filled in with what holds', async () => {
    await community.set('reasons', ['Spam']);
    const shown = await ada.command('settings', {}, IN_STAFF);
    expect(textOf(shown.message)).toContain('Spam');
    if (!shown.message) throw new Error('no settings');
    const reasons = await ada.press(shown.message, changeButton(shown.message, 'Reasons and repeats'));
    const saved = await ada.submit(reasons.form, { reasons: 'Spam\nPower cut\n\nSpam', window: '15' });
    expect(textOf(saved.message)).toContain('Spam · Power cut');
    expect(textOf(saved.message)).toContain('within 15 minutes asks first');
    const channels = await ada.press(shown.message, changeButton(shown.message, 'Channels'));
    const chosen = await ada.submit(channels.form, {
      audit_channel: [CHANNEL_IDS.staffAudit],
      staff_channels: [CHANNEL_IDS.staff, CHANNEL_IDS.accounting],
      approvals_channel: [CHANNEL_IDS.leadership],
      alert_role: [ROLE_IDS.accountant],
    });
    for (const id of [CHANNEL_IDS.staffAudit, CHANNEL_IDS.staff, CHANNEL_IDS.accounting, CHANNEL_IDS.leadership]) {
      expect(textOf(chosen.message)).toContain(`<#${id}>`);
    }
    expect(textOf(chosen.message)).toContain(`<@&${ROLE_IDS.accountant}>`);
    expect(textOf(chosen.message)).toContain('Spam · Power cut');
    const again = await ada.press(shown.message, changeButton(shown.message, 'Channels'));
    const fields = { audit_channel: [], staff_channels: [], approvals_channel: [], alert_role: [] };
    const emptied = await ada.submit(again.form, fields);
    expect(textOf(emptied.message).match(/none yet/g)).toHaveLength(4);
  });

  test('say what is wrong with a number', async () => {
    const shown = await ada.command('settings', {}, IN_STAFF);
    if (!shown.message) throw new Error('no settings');
    const form = await ada.press(shown.message, changeButton(shown.message, 'Reasons and repeats'));
    const refused = await ada.submit(form.form, { window: 'ten' });
    expect(textOf(refused.message)).toContain('Write a whole number from 0 to 1440.');
  });
});

describe('/help', () => {
  test('shows a moderator what they may do, and whom to ask', async () => {
    const help = textOf((await mira.command('help', {}, IN_STAFF)).message).replaceAll('\u00a0', ' ');
    expect(help).toContain('`/credits add`');
    expect(help).not.toContain('`/credits set`');
    expect(help).not.toContain('`/policy grant`');
    expect(help).toContain(`Ask <@${USER_IDS.ada}>`);
  });

  test('shows a member only what is theirs', async () => {
    const answer = await community.as(USER_IDS.alex).command('help', {}, { channelId: CHANNEL_IDS.general });
    const help = textOf(answer.message).replaceAll('\u00a0', ' ');
    expect(help).toContain('`/account view`');
    expect(help).not.toContain('`/user');
  });

  test('shows staff in a direct message what works there', async () => {
    const help = textOf((await mira.command('help', {}, IN_DM)).message).replaceAll('\u00a0', ' ');
    expect(help).toContain('`/account view`');
    expect(help).not.toContain('`/user');
  });
});

describe('/link and /audit', () => {
  test('link, find, unlink; and the record tells of it', async () => {
    await community.account('linkable');
    const linked = await mira.command('link set', { member: USER_IDS.jo, account: 'linkable' }, IN_STAFF);
    expect(plainText(linked.message)).toContain(`<@${USER_IDS.jo}> is now linked to linkable`);
    expect(textOf(linked.message)).toContain('nothing proves');
    const found = await sam.command('link find', { member: USER_IDS.jo }, IN_STAFF);
    expect(plainText(found.message)).toContain('linkable');
    const removed = await mira.command('link remove', { account: 'linkable' }, IN_STAFF);
    expect(textOf(removed.message)).toContain('removed');
    const record = await mira.command('audit search', { actor: USER_IDS.mira, action: 'link.set' }, IN_STAFF);
    expect(plainText(record.message)).toContain(`Linked · <@${USER_IDS.jo}> · by <@${USER_IDS.mira}>`);
  });

  test('one’s own link is left alone', async () => {
    await community.account('wanted');
    const refused = await mira.command('link set', { member: USER_IDS.mira, account: 'wanted' }, IN_STAFF);
    expect(textOf(refused.message)).toContain('your own link');
  });

  test('a day that does not exist is told so', async () => {
    const refused = await mira.command('audit search', { from: '2026-02-31' }, IN_STAFF);
    expect(textOf(refused.message)).toContain('Write a day as year, month and day');
  });

  test('the record is found by its day', async () => {
    const found = await mira.command('audit search', { from: '2020-01-01', to: '2020-01-02' }, IN_STAFF);
    expect(textOf(found.message)).toContain('Nothing was recorded');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
