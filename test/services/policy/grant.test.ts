import { describe, expect, it } from 'vitest';
import { type GrantInput, grantPermission } from '../../../src/services/policy/grant.ts';
import { listGrants } from '../../../src/services/policy/list.ts';
import { revokeGrant } from '../../../src/services/policy/revoke.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, HOME_GUILD, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MODERATORS = '700';
const ADMINISTRATORS = '701';
const BOT_ROLE = '702';
const ADMINISTRATOR = '800';
const OTHER_ADMINISTRATOR = '801';
const MEMBER = '802';
const KEEPER = '803';

const store = await testStore();
const panel = createTestPanel({ id: 'main' });
const services = {
  ...(await testServices(store, {
    panels: [panel.panel],
    roles: { [ADMINISTRATOR]: [ADMINISTRATORS], [OTHER_ADMINISTRATOR]: [ADMINISTRATORS], [MEMBER]: [] },
  })),
  members: {
    rolesOf: async (userId: string) => (userId === MEMBER ? [] : [ADMINISTRATORS]),
    roles: async () => [
      { id: MODERATORS, name: 'Moderator', managed: false },
      { id: ADMINISTRATORS, name: 'Administrator', managed: false },
      { id: BOT_ROLE, name: 'Steward', managed: true },
    ],
    counts: async () => new Map(),
  },
};
await giveGrant(services, { roleId: ADMINISTRATORS, preset: 'administrator', perAct: '100', perDay: '500' });
await giveGrant(services, { roleId: ADMINISTRATORS, permission: 'policy.manage' });

const owner = () => contextOf(services, OWNER);
const administrator = () => contextOf(services, ADMINISTRATOR, { roleIds: [ADMINISTRATORS] });

function to(subject: GrantInput['subject'], given: Partial<GrantInput>): GrantInput {
  return { subject, permission: null, preset: null, panel: null, perAct: null, perDay: null, ...given };
}
const role = (id: string) => ({ kind: 'role', id }) as const;
const user = (id: string) => ({ kind: 'user', id }) as const;

async function holds(): Promise<bigint> {
  const [row] = await store.sql<{ count: bigint }[]>`select count(*) from grants where revoked_at is null`;
  return row?.count ?? 0n;
}

describe('nobody lifts themselves or others above their own', () => {
  it.each<[string, GrantInput, string]>([
    ['to @everyone', to(role(HOME_GUILD), { preset: 'helper' }), 'grant.everyone'],
    ["to a bot's role", to(role(BOT_ROLE), { preset: 'helper' }), 'grant.managed_role'],
    ['to a role that is not there', to(role('799'), { preset: 'helper' }), 'role.unknown'],
    ['to oneself', to(user(ADMINISTRATOR), { preset: 'helper' }), 'grant.own_role'],
    ['to a role that one holds', to(role(ADMINISTRATORS), { permission: 'accounts.view' }), 'grant.own_role'],
    ["of one's own rank", to(role(MODERATORS), { preset: 'administrator', perAct: '1', perDay: '1' }), 'grant.rank'],
    ['of the rank of owner', to(user(MEMBER), { preset: 'owner' }), 'grant.rank'],
    [
      'to somebody of equal rank',
      to(user(OTHER_ADMINISTRATOR), { permission: 'accounts.view', perAct: '1', perDay: '1' }),
      'policy.rank',
    ],
    [
      'of what only owners give',
      to(user(MEMBER), { permission: 'settings.manage', perAct: '1', perDay: '1' }),
      'grant.owner_given',
    ],
    [
      'of policy.manage, even holding it',
      to(user(MEMBER), { permission: 'policy.manage', perAct: '1', perDay: '1' }),
      'grant.owner_given',
    ],
    ['without a limit, having one', to(user(MEMBER), { permission: 'credits.grant' }), 'grant.beyond_limit'],
    [
      'with a larger limit',
      to(user(MEMBER), { permission: 'credits.grant', perAct: '100.01', perDay: '1' }),
      'grant.beyond_limit',
    ],
    [
      'to a panel that is not there',
      to(user(MEMBER), { permission: 'accounts.view', panel: 'nowhere', perAct: '1', perDay: '1' }),
      'panel.unknown',
    ],
    ['of nothing', to(user(MEMBER), {}), 'input.invalid'],
    [
      'with a malformed limit',
      to(user(MEMBER), { permission: 'credits.grant', perAct: '1e9', perDay: '1' }),
      'amount.malformed',
    ],
  ])('a grant %s is refused and stores nothing', async (_, input, code) => {
    const before = await holds();
    expect(await refusal(grantPermission(administrator(), input))).toBe(code);
    expect(await holds()).toBe(before);
  });

  it('an owner cannot make an owner, nor grant to @everyone or to bots', async () => {
    expect(await refusal(grantPermission(owner(), to(user(MEMBER), { preset: 'owner' })))).toBe('grant.rank');
    expect(await refusal(grantPermission(owner(), to(role(HOME_GUILD), { preset: 'helper' })))).toBe('grant.everyone');
    expect(await refusal(grantPermission(owner(), to(role(BOT_ROLE), { preset: 'helper' })))).toBe(
      'grant.managed_role',
    );
  });

  it('without policy.manage nothing can be granted or revoked', async () => {
    const member = contextOf(services, MEMBER);
    expect(await refusal(grantPermission(member, to(user('999'), { preset: 'helper' })))).toBe('policy.denied');
    expect(await refusal(revokeGrant(member, 1))).toBe('policy.denied');
  });
});

describe("a grant within one's own", () => {
  it('holds at once, is audited, and is told to the owners', async () => {
    const granted = await grantPermission(
      administrator(),
      to(role(MODERATORS), { preset: 'moderator', perAct: '50', perDay: '200' }),
    );
    expect(services.policy.current().grants.some(({ id }) => id === granted.id)).toBe(true);
    const audit = await store.sql`select facts from audit where action = 'policy.grant'`;
    expect(audit).toHaveLength(1);
    expect(await store.sql`select from notices where kind = 'policy' and recipient_id is null`).toHaveLength(1);
  });

  it('delivered twice is one grant', async () => {
    const input = to(user(MEMBER), { permission: 'accounts.view', perAct: '1', perDay: '1' });
    const twice = () => contextOf(services, ADMINISTRATOR, { roleIds: [ADMINISTRATORS], origin: 'grant-twice' });
    const first = await grantPermission(twice(), input);
    const second = await grantPermission(twice(), input);
    expect(second.id).toBe(first.id);
    expect(await store.sql`select from grants where origin = 'grant-twice'`).toHaveLength(1);
  });

  it('is taken back, and what came from owners only by owners', async () => {
    const { id } = await grantPermission(owner(), to(user(MEMBER), { permission: 'accounts.protected' }));
    expect(await refusal(revokeGrant(administrator(), id))).toBe('grant.owner_given');
    await revokeGrant(owner(), id);
    expect(await refusal(revokeGrant(owner(), id))).toBe('grant.unknown');
    expect(services.policy.current().grants.some((grant) => grant.id === id)).toBe(false);
  });

  it('is seen by whoever may take it back, without a right to the audit log', async () => {
    await giveGrant(services, { userId: KEEPER, permission: 'policy.manage' });
    const { id } = await grantPermission(owner(), to(user(MEMBER), { permission: 'accounts.view' }));
    expect((await listGrants(contextOf(services, KEEPER))).map((grant) => grant.id)).toContain(id);
    expect(await refusal(listGrants(contextOf(services, MEMBER)))).toBe('policy.denied');
  });
});

it('a limit is kept as the amount that was typed, however it was typed', async () => {
  const limits = { perAct: ' 050.50 ', perDay: '1000.000000' };
  const grant = await grantPermission(owner(), to(user(MEMBER), { permission: 'credits.grant', ...limits }));
  expect(grant).toMatchObject({ perAct: '50.5', perDay: '1000' });
});
