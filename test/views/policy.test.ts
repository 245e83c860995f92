import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/domain/refusal.ts';
import {
  type Explanation,
  explanationView,
  GRANTS_A_PAGE,
  type GrantFacts,
  grantsView,
} from '../../src/views/policy.ts';
import { actionsOf, textOf } from './text-of.ts';

const helper: GrantFacts = {
  id: 1,
  subjectKind: 'role',
  subjectId: '500',
  permission: null,
  preset: 'helper',
  panel: null,
  perAct: null,
  perDay: null,
};
const moderator: GrantFacts = {
  ...helper,
  id: 2,
  subjectId: '501',
  preset: 'moderator',
  perAct: '500',
  perDay: '2000',
};

const denied: Explanation = {
  memberId: '100',
  permission: 'credits.grant',
  owner: false,
  grants: [helper],
  giving: [],
  refusal: refuse('policy.denied', { permission: 'credits.grant' }),
  lowestPreset: 'moderator',
  holders: [moderator],
};

describe('the explanation of a no', () => {
  const shown = textOf(explanationView(denied, null));

  it('begins with it', () => {
    expect(shown).toMatch(/^\*\*No\.\*\* <@100> may not give credits\./);
  });

  it('leads from what is held to what is missing, and names who could', () => {
    expect(shown).toMatch(/1\. <@100> has the role <@&500>, which holds \*\*Helper\*\*/);
    expect(shown).toMatch(/2\. None of it lets people give credits/);
    expect(shown).toMatch(/3\. It takes \*\*Moderator\*\*/);
    expect(shown).toContain('These may: <@&501>');
  });

  it('says that somebody holds nothing', () => {
    expect(textOf(explanationView({ ...denied, grants: [] }, null))).toContain('holds nothing');
  });

  it('says what about the account stands against a right that is held', () => {
    const explanation = { ...denied, grants: [moderator], giving: [moderator], refusal: refuse('policy.oneself', {}) };
    const account = { panel: 'main', accountId: '1001', username: 'alexm', name: null };
    expect(textOf(explanationView(explanation, account))).toMatch(/On this account it does not hold: it is their own/);
  });

  it('says when only an owner can grant it', () => {
    const explanation = { ...denied, permission: 'policy.manage', lowestPreset: null } as const;
    expect(textOf(explanationView(explanation, null))).toContain('Only an owner');
  });
});

describe('the explanation of a yes', () => {
  it('names the grant with its limits', () => {
    const shown = textOf(explanationView({ ...denied, grants: [moderator], giving: [moderator], refusal: null }, null));
    expect(shown).toMatch(/^\*\*Yes\.\*\*/);
    expect(shown).toContain('up to 500 at once and 2000 a day');
  });

  it('says that an owner may do everything', () => {
    expect(textOf(explanationView({ ...denied, owner: true, grants: [], giving: [], refusal: null }, null))).toContain(
      'is an owner',
    );
  });
});

describe('the list of grants', () => {
  it('lets each be revoked by whoever may, once', () => {
    const revoke = actionsOf(grantsView([helper], 0, [], true)).get('Revoke');
    expect(revoke).toMatchObject({ command: 'policy revoke', options: { grant: 1 }, once: 'revoke-1' });
    expect(actionsOf(grantsView([helper], 0, [], false)).has('Revoke')).toBe(false);
  });

  it('turns its pages', () => {
    const many = Array.from({ length: GRANTS_A_PAGE + 1 }, (_, id) => ({ ...helper, id }));
    expect(actionsOf(grantsView(many, 0, [], true)).get('Next')?.options).toEqual({ page: 1 });
    expect(actionsOf(grantsView(many, 1, [], true)).get('Revoke')?.options).toEqual({ grant: GRANTS_A_PAGE });
  });

  it('of a new community says what to do', () => {
    expect(textOf(grantsView([], 0, ['1'], true))).toContain('/policy grant');
  });
});
