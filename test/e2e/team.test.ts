/** What makes a team: the first steps, grants and why, settings, and help on what is one's own. */
import { MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import { changeButton } from '../harness/settings-button.ts';
import { startHouse } from './fixtures/house.ts';
import { ELSEWHERE, IN_DM } from './fixtures/people.ts';

const house = await startHouse();
const { discord, store, ada, tomasz, mira, sam, alex, robin } = house;

describe('the first steps', () => {
  test('are shown to an owner beside the first answer, until somebody is granted something', async () => {
    const fresh = await startHouse({ without: 'grants and channels' });
    const list = await fresh.ada.types('user list');
    const checklist = await list.followUp(1);
    const shown = JSON.stringify(checklist.components);
    expect(shown).toContain('Steward ready for your team');
    expect(shown).toContain('✅ **Harbour Panel** is reached');
    expect(shown).toContain('⬜ A role of your team may act');
    expect(shown).toContain('⬜ Changes are posted to an audit channel');
    expect((checklist.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0);

    const help = await fresh.ada.types('help');
    expect(help.actions).toEqual(['Give a role its rights…', 'Choose the channels…']);
    const channels = await fresh.ada.presses(help, 'Choose the channels…');
    await fresh.ada.sends(channels, { audit_channel: [CHANNEL_IDS.staffAudit], staff_channels: [CHANNEL_IDS.staff] });
    expect((await fresh.ada.types('help')).text).toContain('✅ Changes are posted to an audit channel');
    const rights = await fresh.ada.presses(help, 'Give a role its rights…');
    const granted = await fresh.ada.sends(rights, { who: [ROLE_IDS.moderator], preset: ['moderator'] });
    expect(granted.text).toBe('Granted · @role · Moderator');
    expect((await fresh.ada.types('help')).text).toMatch(/^What you may do here/);
    expect((await fresh.mira.types('user list')).text).toContain('No account');
    expect(fresh.discord.violations).toEqual([]);
  });

  test('are no business of anyone else’s', async () => {
    expect((await mira.types('help')).text).toMatch(/^What you may do here/);
  });
});

describe('/help', () => {
  test('tells everyone what they may do there, and whom to ask', async () => {
    const texts = await Promise.all([
      tomasz.types('help'),
      sam.types('help'),
      alex.types('help', {}, ELSEWHERE),
      mira.types('help', {}, IN_DM),
    ]).then((screens) => screens.map(({ text }) => text.replaceAll('\u00a0', ' ')));
    const may = (command: string) => texts.map((text) => text.includes(`/${command}\``));
    expect(may('user delete')).toEqual([true, false, false, false]);
    expect(may('user note')).toEqual([true, true, false, false]);
    expect(may('policy grant')).toEqual([false, false, false, false]);
    expect(may('account view')).toEqual([true, true, true, true]);
    for (const text of texts) expect(text).toContain('Ask @ada.');
  });
});

describe('/policy', () => {
  test('grants by command, tells the owners and the audit channel, lists, and revokes', async () => {
    const granted = await ada.types('policy grant', { who: robin.id, permission: 'accounts.view' });
    expect(granted.text).toBe('Granted · @robin · the right to look at accounts');
    expect(granted.isPrivate).toBe(true);
    const list = { ...ELSEWHERE, evenIfHidden: true };
    expect((await robin.types('user list', { query: 'nobody' }, list)).text).toContain('No account matches');
    expect((await house.auditLines()).at(-1)).toBe('@ada · Granted · @robin · the right to look at accounts');
    const told = discord.messagesIn(discord.state.directChannelOf(ada.id, discord.state.botId).id).at(-1);
    expect(JSON.stringify(told?.message.components)).toContain('the right to **look at accounts**');

    expect((await ada.types('policy list')).text).toContain('@robin');
    const revoked = await ada.types('policy revoke', { who: robin.id });
    expect(revoked.text).toBe('Revoked · @robin · the right to look at accounts');
    expect((await robin.types('user list', {}, list)).text).toBe(
      'You may not look at accounts. `/help` shows what you may do and whom to ask.',
    );
    expect((await ada.types('policy revoke', { who: robin.id })).text).toBe(
      'There is no such grant any more. Nothing was changed. `/policy list` shows those that hold.',
    );
  });

  test('shows several that could be meant with a button each, and each is revoked once', async () => {
    await ada.types('policy grant', { who: robin.id, permission: 'accounts.view' });
    await ada.types('policy grant', { who: robin.id, permission: 'credits.view' });
    const asked = await ada.types('policy revoke', { who: robin.id });
    expect(asked.actions).toEqual(['Revoke', 'Revoke']);
    const both = await Promise.all([ada.presses(asked, 'Revoke'), ada.presses(asked, 'Revoke')]);
    expect(both.filter(({ text }) => text.startsWith('Revoked'))).toHaveLength(1);
    expect(await store.sql`select from grants where subject_id = ${robin.id} and revoked_at is null`).toHaveLength(1);
  });

  test('says what is wrong with a grant', async () => {
    const grant = async (options: Record<string, string>) =>
      (await ada.types('policy grant', { who: robin.id, ...options })).text;
    expect(await grant({ permission: 'everything' })).toMatch(
      /^Permission: this is not one of the choices\. Nothing was changed\./,
    );
    expect(await grant({ permission: 'credits.grant', per_act: 'lots' })).toMatch(
      /“lots” is not an amount\. Nothing was changed\./,
    );
    expect(await grant({ who: ROLE_IDS.everyone, preset: 'helper' })).toBe(
      'Nothing can be granted to everyone. Nothing was changed. Choose a role that people are given.',
    );
    expect(await grant({ who: ROLE_IDS.bot, preset: 'helper' })).toMatch(/^This role belongs to a bot/);
  });

  test('explains why someone may or may not, and what would mend it', async () => {
    const account = await house.customer({ member: mira.id });
    const explain = (options: Record<string, string>) => sam.types('policy explain', options);
    expect((await explain({ member: mira.id, permission: 'credits.grant' })).text).toBe(
      [
        'Yes. @mira may give credits.',
        'Why',
        '1. @mira has the role @role, which holds Moderator.',
        '2. That lets people give credits.',
      ].join('\n'),
    );
    const own = await explain({ member: mira.id, permission: 'credits.grant', account: account.reference });
    expect(own.text).toMatch(/^No\. @mira may not give credits\./);
    expect(own.text).toContain('On this account it does not hold: it is their own, or was.');
    const not = await explain({ member: sam.id, permission: 'credits.grant' });
    expect(not.text).toContain('It takes Moderator or above, or this permission by itself');
    const form = await explain({});
    expect(form.fields).toEqual(['member', 'permission', 'account']);
    const owner = await sam.sends(form, { member: [ada.id], permission: 'credits.grant' });
    expect(owner.text).toContain('owners may do everything');
  });
});

describe('/settings', () => {
  test('are shown, changed in a form that is filled in, and hold at once', async () => {
    const shown = await ada.types('settings');
    expect(shown.actions).toEqual(Array(6).fill('Change…'));
    const form = await ada.presses(shown, changeButton(shown.message, 'Reasons and repeats'));
    const saved = await ada.sends(form, { reasons: 'Power cut\nEvent prize\n\nPower cut', window: '0' });
    expect(saved.text).toContain('The settings are saved.');
    expect(saved.text).toContain('Power cut · Event prize');
    expect(saved.text).toContain('The same change may be repeated at once.');
    const account = await house.customer();
    const asked = await mira.types('credits add', { account: account.reference });
    expect(asked.fields).toEqual(['amount', 'reason.choice', 'reason']);
    const picked = { amount: '5', 'reason.choice': ['Event prize'] };
    expect((await mira.sends(asked, picked)).text).toMatch(/^\+5 · 120 → 125 · Event prize/);
    const next = await mira.types('credits add', { account: account.reference, amount: '5' });
    expect((await mira.sends(next)).text).toMatch(/^\+5 · 125 → 130 · Event prize/);
  });

  test('say what is wrong, and keep what was written', async () => {
    const shown = await ada.types('settings');
    const form = await ada.presses(shown, changeButton(shown.message, 'Reasons and repeats'));
    const refused = await ada.sends(form, { window: 'ten', reasons: 'Kept' });
    expect(refused.text).toBe(
      'Warn of a repeat within, in minutes: Write a whole number from 0 to 1440. Nothing was changed.',
    );
    const again = await ada.presses(refused, 'Correct');
    expect((await ada.sends(again, { window: '10' })).text).toContain('Kept');
  });

  test('are not for those who may not', async () => {
    expect((await tomasz.types('settings')).text).toBe(
      'You may not change the settings. `/help` shows what you may do and whom to ask.',
    );
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
