import { describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission, PRESET_PERMISSIONS, type Preset } from '../../../src/domain/permission.ts';
import { decide, type TargetFacts } from '../../../src/services/policy/decide.ts';
import { type Grant, standingOf } from '../../../src/services/policy/grants.ts';

const OWNER = '1';
const MIRA = '2';
const ALEX = '3';

function grant(given: Partial<Grant>): Grant {
  return {
    id: 1,
    subjectKind: 'user',
    subjectId: MIRA,
    permission: null,
    preset: null,
    panel: null,
    perAct: null,
    perDay: null,
    ...given,
  };
}

const standing = (userId: string, grants: readonly Grant[], roleIds: readonly string[] = []) =>
  standingOf(grants, { userId, roleIds }, [OWNER]);

const preset = (name: Preset, userId = MIRA) => standing(userId, [grant({ subjectId: userId, preset: name })]);

function target(facts: Partial<TargetFacts> = {}): TargetFacts {
  return { panel: 'main', administrator: false, member: null, held: null, oneself: false, recent: false, ...facts };
}

const linked = (userId: string, grants: readonly Grant[] = []) =>
  target({ member: { userId, standing: standing(userId, grants) } });

function refusal(...question: Parameters<typeof decide>): string {
  const decision = decide(...question);
  return decision.allowed ? 'allowed' : decision.refusal.code;
}

describe('who holds nothing', () => {
  it.each(PERMISSIONS)('may not use %s', (permission) => {
    expect(refusal(standing(MIRA, []), permission)).toBe('policy.denied');
  });
});

describe('a grant', () => {
  it('gives its permission and no other', () => {
    const mira = standing(MIRA, [grant({ permission: 'accounts.view' })]);
    const may = PERMISSIONS.filter((permission) => decide(mira, permission).allowed);
    expect(may).toEqual(['accounts.view']);
  });

  it('of a preset gives what the preset holds and no more', () => {
    const may = PERMISSIONS.filter((permission) => decide(preset('moderator'), permission).allowed);
    expect(may.toSorted()).toEqual([...PRESET_PERMISSIONS.moderator].toSorted());
  });

  it('on one panel does not reach to another', () => {
    const mira = standing(MIRA, [grant({ permission: 'accounts.view', panel: 'eu' })]);
    expect(refusal(mira, 'accounts.view', { panel: 'main' })).toBe('policy.denied');
    expect(refusal(mira, 'accounts.view', { panel: 'eu' })).toBe('allowed');
  });

  it('to a role reaches those who have it, and nobody else', () => {
    const grants = [grant({ subjectKind: 'role', subjectId: '77', permission: 'accounts.view' })];
    expect(refusal(standing(MIRA, grants, ['77']), 'accounts.view')).toBe('allowed');
    expect(refusal(standing(MIRA, grants, ['78']), 'accounts.view')).toBe('policy.denied');
  });

  it('to a role does not reach a user whose id is the same digits', () => {
    const grants = [grant({ subjectKind: 'role', subjectId: MIRA, permission: 'accounts.view' })];
    expect(refusal(standing(MIRA, grants), 'accounts.view')).toBe('policy.denied');
  });
});

describe('an owner', () => {
  it('may everything without a grant', () => {
    expect(PERMISSIONS.every((permission) => decide(standing(OWNER, []), permission).allowed)).toBe(true);
  });

  it('still may not credit, delete or promote themselves', () => {
    const facts = target({ oneself: true });
    for (const permission of [
      'credits.grant',
      'credits.deduct',
      'credits.set',
      'accounts.roles',
      'accounts.delete',
    ] as const) {
      expect(refusal(standing(OWNER, []), permission, { target: facts })).toBe('policy.oneself');
    }
  });

  it('is touched by nobody but an owner', () => {
    expect(refusal(preset('administrator'), 'accounts.suspend', { target: linked(OWNER) })).toBe('policy.owner_only');
  });
});

describe('rank', () => {
  const acts: readonly Permission[] = ['accounts.suspend', 'accounts.edit', 'credits.grant'];

  it('protects someone of equal or higher rank from every act', () => {
    for (const theirs of ['moderator', 'accountant', 'administrator'] as const) {
      const facts = linked(ALEX, [grant({ subjectId: ALEX, preset: theirs })]);
      for (const permission of acts)
        expect(refusal(preset('moderator'), permission, { target: facts })).toBe('policy.rank');
    }
  });

  it('does not protect members and lower ranks, nor from being looked at', () => {
    expect(refusal(preset('moderator'), 'accounts.suspend', { target: linked(ALEX) })).toBe('allowed');
    const helper = linked(ALEX, [grant({ subjectId: ALEX, preset: 'helper' })]);
    expect(refusal(preset('moderator'), 'accounts.suspend', { target: helper })).toBe('allowed');
    const administrator = linked(ALEX, [grant({ subjectId: ALEX, preset: 'administrator' })]);
    expect(refusal(preset('moderator'), 'accounts.view', { target: administrator })).toBe('allowed');
  });

  it('of single permissions is none: they do not lift anyone above a moderator', () => {
    const collector = standing(MIRA, [
      grant({ permission: 'accounts.suspend' }),
      grant({ id: 2, permission: 'credits.grant' }),
    ]);
    const facts = linked(ALEX, [grant({ subjectId: ALEX, preset: 'helper' })]);
    expect(refusal(collector, 'accounts.suspend', { target: facts })).toBe('policy.rank');
  });
});

describe('the account', () => {
  it('of a panel administrator needs accounts.protected', () => {
    const facts = target({ administrator: true });
    expect(refusal(preset('administrator'), 'accounts.suspend', { target: facts })).toBe('policy.protected');
    const trusted = standing(MIRA, [
      grant({ preset: 'administrator' }),
      grant({ id: 2, permission: 'accounts.protected' }),
    ]);
    expect(refusal(trusted, 'accounts.suspend', { target: facts })).toBe('allowed');
  });

  it('that the actor made, linked or re-addressed this week takes no credits from them without an approval', () => {
    const facts = target({ recent: true });
    const approval = (who: ReturnType<typeof standing>, permission: Permission) => {
      const decision = decide(who, permission, { target: facts });
      return decision.allowed ? (decision.approval?.code ?? 'none') : 'denied';
    };
    expect(approval(preset('moderator'), 'credits.grant')).toBe('policy.recent');
    expect(approval(preset('accountant'), 'credits.set')).toBe('policy.recent');
    expect(approval(preset('moderator'), 'accounts.suspend')).toBe('none');
  });
});
