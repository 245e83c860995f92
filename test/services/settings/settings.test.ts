import { describe, expect, it } from 'vitest';
import { changeSettings } from '../../../src/services/settings/change.ts';
import type { Settings } from '../../../src/services/settings/read.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });
const audited = () =>
  store.sql<{ facts: unknown }[]>`select facts from audit where action = 'settings.change' order by id`;
/** What is owed to the team, of each change. */
async function owedChanges(): Promise<readonly unknown[]> {
  const rows = await store.sql<{ content: { action: string; changes: unknown } }[]>`
    select content from notices where kind = 'policy' and lane = 'audit' order by id`;
  return rows.filter(({ content }) => content.action === 'settings.change').map(({ content }) => content.changes);
}
const change = (changes: Partial<Settings>, actorId = OWNER) => changeSettings(contextOf(services, actorId), changes);

describe('settings', () => {
  it('are sensible before anyone set them', () => {
    const settings = services.settings.current();
    expect(settings).toMatchObject({ auditChannelId: null, staffChannelIds: [], repeatWindowMinutes: 10 });
    expect(settings.reasons).toHaveLength(5);
  });

  it('hold at once for whoever changed them, and leave the others as they were', async () => {
    const changed = await change({ auditChannelId: '123456789012345678', reasons: ['Power cut', 'Event prize'] });
    expect(services.settings.current()).toEqual(changed);
    expect(changed).toMatchObject({
      auditChannelId: '123456789012345678',
      reasons: ['Power cut', 'Event prize'],
      repeatWindowMinutes: 10,
    });
    expect(await change({ auditChannelId: null })).toMatchObject({
      auditChannelId: null,
      reasons: ['Power cut', 'Event prize'],
    });
  });

  it('reach another process', async () => {
    const other = await testServices(store, { panels: [] });
    await change({ staffChannelIds: ['1', '2'] });
    await expect.poll(() => other.settings.current().staffChannelIds, { timeout: 5_000 }).toEqual(['1', '2']);
  });

  it('are audited with what they were and became, once, and not at all when nothing changed', async () => {
    await change({ repeatWindowMinutes: 10 });
    const before = await audited();
    await change({ repeatWindowMinutes: 30 });
    await change({ repeatWindowMinutes: 30 });
    const rows = (await audited()).slice(before.length);
    expect(rows.map(({ facts }) => facts)).toEqual([{ setting: 'repeatWindowMinutes', before: 10, after: 30 }]);
  });

  it.each([
    ['auditChannelId', { auditChannelId: 'general' }, 'malformed'],
    ['staffChannelIds', { staffChannelIds: Array.from({ length: 26 }, (_, n) => String(n)) }, 'too_long'],
    ['reasons', { reasons: ['x'.repeat(81)] }, 'too_long'],
    ['reasons', { reasons: [' '] }, 'too_short'],
    ['reasons', { reasons: Array.from({ length: 26 }, (_, n) => `Reason ${n}`) }, 'too_long'],
    ['repeatWindowMinutes', { repeatWindowMinutes: 0.5 }, 'malformed'],
    ['repeatWindowMinutes', { repeatWindowMinutes: -1 }, 'too_short'],
  ])('refuse a value of %s that makes no sense, and keep the old one', async (field, changes, problem) => {
    const before = services.settings.current();
    await expect(change(changes)).rejects.toMatchObject({ code: 'input.invalid', parameters: { field, problem } });
    await services.policy.refresh();
    expect(services.settings.current()).toEqual(before);
  });

  it.each<[string, Partial<Settings>, Partial<Settings>]>([
    ['auditChannelId', { auditChannelId: '1' }, { auditChannelId: null }],
    ['auditChannelId', { auditChannelId: '1' }, { auditChannelId: '2' }],
    ['approvalsChannelId', { approvalsChannelId: '1' }, { approvalsChannelId: null }],
    ['approvers', { approvers: 2 }, { approvers: 1 }],
    ['approvalVerbs', { approvalVerbs: ['credits.set', 'account.role'] }, { approvalVerbs: ['account.role'] }],
    ['approvalExempt', { approvalExempt: 'administrator' }, { approvalExempt: 'moderator' }],
    ['undoMinutes', { undoMinutes: 15 }, { undoMinutes: 16 }],
    ['graceHours', { graceHours: 72 }, { graceHours: 71 }],
    ['repeatWindowMinutes', { repeatWindowMinutes: 10 }, { repeatWindowMinutes: 0 }],
  ])('owe it to the team that %s was loosened: from %o to %o', async (setting, tight, loose) => {
    await change(tight);
    await store.sql`delete from notices`;
    await change(loose);
    const [before, after] = [Object.values(tight)[0], Object.values(loose)[0]];
    expect(await owedChanges()).toEqual([[{ setting, before, after }]]);
  });

  it('owe nothing to the team where they were tightened', async () => {
    await change({ auditChannelId: null, approvalsChannelId: null, approvers: 1, approvalVerbs: [], undoMinutes: 60 });
    await store.sql`delete from notices`;
    await change({ auditChannelId: '1', approvalsChannelId: '2', approvers: 2, approvalVerbs: ['credits.set'] });
    await change({ approvalsChannelId: '3', undoMinutes: 5, staffChannelIds: ['4'], memberNotices: [] });
    expect(await owedChanges()).toEqual([]);
  });

  it('keep one of a reason that was given twice', async () => {
    expect((await change({ reasons: ['Refund', 'Refund'] })).reasons).toEqual(['Refund']);
  });

  it('fall back to the default where a stored value cannot be read', async () => {
    await store.sql`update settings set value = '"many"' where name = 'repeatWindowMinutes'`;
    await services.policy.refresh();
    expect(services.settings.current().repeatWindowMinutes).toBe(10);
  });

  it('are changed by nobody without the permission', async () => {
    const stranger = '900000000000000077';
    await giveGrant(services, { userId: stranger, preset: 'administrator' });
    const before = services.settings.current();
    await expect(change({ repeatWindowMinutes: 0 }, stranger)).rejects.toMatchObject({ code: 'policy.denied' });
    await services.policy.refresh();
    expect(services.settings.current()).toEqual(before);
  });
});
