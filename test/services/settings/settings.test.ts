import { describe, expect, it } from 'vitest';
import { changeSettings } from '../../../src/services/settings/change.ts';
import type { Settings } from '../../../src/services/settings/read.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });
const audited = () =>
  store.sql<{ facts: unknown }[]>`select facts from audit where action = 'settings.change' order by id`;
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
