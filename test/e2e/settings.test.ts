/** Each group of settings in its form: filled in with what holds, read in words afterwards, and nothing lost on the way. */
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import { changeButton } from '../harness/settings-button.ts';
import { startHouse } from './fixtures/house.ts';

const house = await startHouse();
const { discord, services, ada } = house;

/** The form of one group, as the settings open it. */
async function formOf(group: string) {
  const shown = await ada.types('settings');
  return ada.presses(shown, changeButton(shown.message, group));
}

describe('/settings', () => {
  test('shows what holds before anyone set anything, in words', async () => {
    const fresh = await startHouse({ without: 'grants and channels' });
    const { text } = await fresh.ada.types('settings');
    expect(text).toContain('none yet, so changes are posted nowhere');
    expect(text).toContain('One person approves; what waits is declined after 1 day.');
    expect(text).toContain('Asked for where a limit is passed.');
    expect(text).toContain('What was done can be taken back for 15 minutes.');
    expect(text).toContain('Accounts are deleted 3 days after that was decided.');
    expect(text).toContain('By direct message: credits, suspensions, deletion.');
    expect(text).toContain('The personal part of the audit log is kept for 2 years.');
  });

  test('takes approvals: how many, for how long, of what, and who is exempt', async () => {
    const form = await formOf('Approvals');
    expect(form.fields).toEqual(['approvers', 'hours', 'verbs', 'exempt']);
    const wanted = {
      approvers: ['2'],
      hours: '36',
      verbs: ['credits.set', 'account.delete'],
      exempt: ['administrator'],
    };
    const saved = await ada.sends(form, wanted);
    expect(saved.text).toContain('Two people approve; what waits is declined after 36 hours.');
    expect(saved.text).toContain('always to set the balance, delete the account; Administrator and above need none.');
    const unchanged = await ada.sends(await formOf('Approvals'));
    expect(unchanged.text.split('\n').slice(2)).toEqual(saved.text.split('\n').slice(2));
    expect(services.settings.current()).toMatchObject({
      approvers: 2,
      approvalHours: 36,
      approvalVerbs: ['credits.set', 'account.delete'],
      approvalExempt: 'administrator',
    });
  });

  test('takes windows of nothing at all', async () => {
    const saved = await ada.sends(await formOf('Undo and deletion'), { window: '0', grace: '0' });
    expect(saved.text).toContain('Nothing can be taken back.\nAccounts are deleted at once.');
  });

  test('takes what members are told, and that they are told nothing', async () => {
    const some = await ada.sends(await formOf('What members are told'), { notices: ['credits', 'details'] });
    expect(some.text).toContain('By direct message: credits, changed details.');
    const none = await ada.sends(await formOf('What members are told'), { notices: [] });
    expect(none.text).toContain(
      'By direct message: nothing.\nAlways: that their e-mail address or password was changed.',
    );
  });

  test.each([
    ['Approvals', { hours: '0' }, 'Declined after, in hours: Write a whole number from 1 to 168.'],
    ['Approvals', { hours: '169' }, 'Declined after, in hours: Write a whole number from 1 to 168.'],
    ['Undo and deletion', { grace: '1.5' }, 'Grace before a deletion, in hours: Write a whole number from 0 to 720.'],
    ['Privacy', { months: '121' }, 'Personal part of the record, in months: Write a whole number from 1 to 120.'],
  ])('refuses in %s what cannot be: %o', async (group, values, sentence) => {
    const before = services.settings.current();
    expect((await ada.sends(await formOf(group), values)).text).toContain(sentence);
    expect(services.settings.current()).toEqual(before);
  });

  test('keeps what was written, picked and emptied when one field was wrong', async () => {
    await ada.sends(await formOf('Approvals'), { verbs: ['credits.set'] });
    const wrong = { approvers: ['1'], hours: 'x', verbs: [] };
    const refused = await ada.sends(await formOf('Approvals'), wrong);
    const corrected = await ada.sends(await ada.presses(refused, 'Correct'), { hours: '12' });
    expect(corrected.text).toContain('One person approves; what waits is declined after 12 hours.');
    expect(services.settings.current().approvalVerbs).toEqual([]);
  });

  test('changes of one group what stands in its form, and leaves what others changed meanwhile', async () => {
    const undo = await formOf('Undo and deletion');
    await ada.sends(await formOf('Privacy'), { months: '6' });
    await ada.sends(undo, { window: '30' });
    expect(services.settings.current()).toMatchObject({ undoMinutes: 30, personalMonths: 6 });
  });
});

describe('a channel that was chosen', () => {
  test('is marked where nothing can be posted to it', async () => {
    const chosen = { audit_channel: [CHANNEL_IDS.leadership], approvals_channel: [CHANNEL_IDS.staff] };
    const saved = await ada.sends(await formOf('Channels'), chosen);
    expect(saved.text).toContain(`<#${CHANNEL_IDS.leadership}> – I may not write there`);
    expect(saved.text).not.toContain(`<#${CHANNEL_IDS.staff}> – I may not write there`);
    await ada.sends(await formOf('Channels'), { audit_channel: [CHANNEL_IDS.staffAudit], approvals_channel: [] });
    expect((await ada.types('settings')).text).not.toContain('I may not write there');
  });

  test('is shown without a remark where Discord does not say', async () => {
    discord.faults.order('GET', '/channels/:channelId', { kind: 'server-error', status: 503 }, { times: 1_000 });
    expect((await ada.types('settings')).text).toContain(`<#${CHANNEL_IDS.staffAudit}>`);
    discord.faults.clear();
  });
});

describe('a guard that is loosened', () => {
  test('is posted to the audit channel and told to the owner', async () => {
    await ada.sends(await formOf('Approvals'), { approvers: ['2'] });
    await ada.sends(await formOf('Undo and deletion'), { window: '15', grace: '72' });
    await house.auditLines();
    await ada.sends(await formOf('Approvals'), { approvers: ['1'] });
    await ada.sends(await formOf('Undo and deletion'), { window: '1440', grace: '72' });
    const lines = await house.auditLines();
    expect(lines.slice(-2)).toEqual([
      expect.stringContaining('Approvers: 2 → 1'),
      expect.stringContaining('Undo: 15 minutes → 1 day'),
    ]);
    const direct = discord.as(ada.id).messagesIn(discord.state.directChannelOf(ada.id, discord.state.botId).id);
    expect(JSON.stringify(direct.at(-1)?.components)).toContain('Undo: 15 minutes → 1 day');
  });

  test('is told with where it was: another audit channel', async () => {
    const form = { audit_channel: [CHANNEL_IDS.accounting], alert_role: [ROLE_IDS.accountant] };
    await ada.sends(await formOf('Channels'), form);
    await ada.sends(await formOf('Channels'), { audit_channel: [CHANNEL_IDS.staffAudit] });
    const { accounting, staffAudit } = CHANNEL_IDS;
    expect((await house.auditLines()).at(-1)).toContain(`Audit channel: <#${accounting}> → <#${staffAudit}>`);
  });

  test('is not told of where it is tightened or stays', async () => {
    const before = await house.auditLines();
    await ada.sends(await formOf('Approvals'), { approvers: ['2'], verbs: ['credits.set'] });
    await ada.sends(await formOf('Undo and deletion'), { window: '5' });
    expect(await house.auditLines()).toEqual(before);
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
