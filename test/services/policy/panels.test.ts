import { describe, expect, it } from 'vitest';
import { accountHistory } from '../../../src/services/accounts/history.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { searchAudit } from '../../../src/services/audit/search.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { grantPermission } from '../../../src/services/policy/grant.ts';
import { revokeGrant } from '../../../src/services/policy/revoke.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const main = createTestPanel({ id: 'main' });
const eu = createTestPanel({ id: 'eu' });
const services = await testServices(store, { panels: [main.panel, eu.panel], roles: {} });
const MAIN_MANAGER = '801';
const MEMBER = '802';
await giveGrant(services, { userId: MAIN_MANAGER, preset: 'administrator' });
await giveGrant(services, { userId: MAIN_MANAGER, permission: 'policy.manage', panel: 'main' });

const helperOn = (panel: string | null) =>
  grantPermission(contextOf(services, MAIN_MANAGER), {
    subject: { kind: 'user', id: MEMBER },
    preset: 'helper',
    permission: null,
    panel,
    perAct: null,
    perDay: null,
  });

describe('who manages the policy of one panel', () => {
  it('grants there, and neither elsewhere nor everywhere', async () => {
    expect(await refusal(helperOn('eu'))).toBe('policy.denied');
    expect(await refusal(helperOn(null))).toBe('policy.denied');
    expect(await refusal(helperOn('main'))).toBe('none');
  });

  it('takes back what was granted there, and neither elsewhere nor everywhere', async () => {
    const given = async (panel: string | null) => {
      const input = { subject: { kind: 'user', id: MEMBER }, permission: 'accounts.notes', preset: null } as const;
      return grantPermission(contextOf(services, OWNER), { ...input, panel, perAct: null, perDay: null });
    };
    const revoke = async (panel: string | null) =>
      refusal(revokeGrant(contextOf(services, MAIN_MANAGER), (await given(panel)).id));
    expect(await revoke('eu')).toBe('policy.denied');
    expect(await revoke(null)).toBe('policy.denied');
    expect(await revoke('main')).toBe('none');
  });
});

describe('who reads the record of one panel', () => {
  it('finds nothing of the others', async () => {
    const [here, there] = [main, eu].map((panel) => panel.add({ email: 'alex@example.com', username: 'alex' }));
    for (const account of [here, there]) {
      const target = { panel: account?.panel ?? '', accountId: account?.id ?? '' };
      await suspendAccount(contextOf(services, OWNER), { target, reason: 'Abuse' });
    }
    await giveGrant(services, { userId: '900', permission: 'audit.view', panel: 'eu' });
    const { items } = await searchAudit(contextOf(services, '900'), {});
    expect(new Set(items.map(({ target, facts }) => target?.panel ?? facts.panel))).toEqual(new Set(['eu']));
  });
});

describe('who looks at the credits of one panel', () => {
  it('learns no amounts from what was done on the others', async () => {
    await giveGrant(services, { userId: '901', permission: 'accounts.view' });
    await giveGrant(services, { userId: '901', permission: 'credits.view', panel: 'eu' });
    for (const [panel, amounts] of [
      [main, [null]],
      [eu, [5_000n]],
    ] as const) {
      const { panel: id, id: accountId } = panel.add({ email: 'kim@example.com', username: 'kim' });
      const target = { panel: id, accountId };
      await grantCredits(contextOf(services, OWNER), { target, amount: '5', reason: 'Event prize' });
      const { items } = await accountHistory(contextOf(services, '901'), target, { cursor: undefined });
      expect(items.map(({ delta }) => delta?.minor ?? null)).toEqual(amounts);
    }
  });
});
