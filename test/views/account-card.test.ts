import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { ABILITIES } from '../../src/panels/panel.ts';
import { accountCard, ownCard, sharedCard } from '../../src/views/account-card.ts';
import { type MaskedAccount, maskAccount, maskEmail } from '../../src/views/masked-account.ts';
import { account, card, NOW, operation, permissionsOf } from './samples.ts';
import { actionsOf, textOf } from './text-of.ts';

const STAFF = { staff: true };
const PRIVATE = { staff: false };
const SOON = new Date(NOW.getTime() + 3_600_000);

describe('the card', () => {
  it('opens with the status', () => {
    expect(textOf(accountCard(card(), STAFF))).toMatch(/^\*\*Active\*\*/);
  });

  it('of a suspended account opens with who did it, when, why and the number', () => {
    const suspension = operation({ verb: 'account.suspend', delta: null, reason: 'Chargeback', number: 1042 });
    const [opening] = textOf(accountCard(card({ account: account({ status: 'suspended' }), suspension }), STAFF)).split(
      '\n',
    );
    expect(opening).toMatch(/^\*\*Suspended\*\* by <@200> <t:\d+:R>, for: Chargeback \(#1042\)$/);
  });

  it('of one that is suspended for a time says until when', () => {
    const suspension = operation({ verb: 'account.suspend', delta: null, reason: 'Chargeback', dueAt: NOW });
    const shown = textOf(accountCard(card({ account: account({ status: 'suspended' }), suspension }), STAFF));
    expect(shown).toMatch(/^\*\*Suspended\*\* by <@200> <t:\d+:R>, until <t:\d+:f>, for: Chargeback \(#1043\)\n/);
  });

  it('of one whose deletion is scheduled opens with that, and does not blame the panel for the suspension', () => {
    const deletion = operation({ verb: 'account.schedule_deletion', delta: null, reason: 'Asked for it', dueAt: SOON });
    const shown = accountCard(card({ account: account({ status: 'suspended' }), deletion }), STAFF);
    expect(textOf(shown)).toMatch(
      /^\*\*Deletion scheduled\*\* by <@200>: <t:\d+:f>, for: Asked for it \(#1043\)\n### alexm/,
    );
    expect(shown.tone).toBe('bad');
    expect(textOf(accountCard(card({ deletion }), STAFF))).toMatch(/#1043\)\n\*\*Active\*\*\n/);
  });

  it('says so when Steward does not know who suspended', () => {
    expect(textOf(accountCard(card({ account: account({ status: 'suspended' }) }), STAFF))).toMatch(
      /^\*\*Suspended\*\* in the panel/,
    );
  });

  it('has a colour that means something', () => {
    const toneOf = (status: Account['status']) => accountCard(card({ account: account({ status }) }), STAFF).tone;
    expect([toneOf('active'), toneOf('suspended'), toneOf('deleted')]).toEqual(['good', 'warning', 'bad']);
    expect(accountCard(card({ open: [operation({ state: 'unknown' })] }), STAFF).tone).toBe('info');
  });

  it('tells of an operation that is not known to have happened, and does not count it among what was done', () => {
    const unknown = operation({ state: 'unknown', number: 1050 });
    const shown = textOf(accountCard(card({ open: [unknown], recent: [unknown] }), STAFF));
    expect(shown).toContain('Not known whether it happened');
    expect(shown.match(/#1050/g)).toHaveLength(1);
  });

  it('masks the e-mail until it is revealed', () => {
    expect(textOf(accountCard(card(), STAFF))).not.toContain('alex.morgan');
    expect(textOf(accountCard(card(), STAFF))).toContain('a•••@example.com');
    expect(textOf(accountCard(card(), { staff: true, revealed: true }))).toContain('alex.morgan\\@example.com');
  });

  it('shows what its panel knows beside, and says nothing of what it does not', () => {
    const details = {
      ...{ servers: 3, suspendedServers: 1, serverLimit: 5, payments: 2, twoFactor: true, language: 'de' },
      lastSeenAt: '2026-11-20T10:00:00Z',
    };
    const shown = textOf(accountCard(card({ account: account({ details }) }), STAFF));
    expect(shown).toMatch(/Servers.*3 servers, 1 suspended · at most 5/);
    expect(shown).toMatch(/Payments.*2\n.*Two-factor.*on\n.*Language.*de\n.*Last seen.*<t:1795168800:R>/);
    const bare = textOf(accountCard(card({ account: account({ details: { lastSeenAt: 'yesterday' } }) }), STAFF));
    expect(bare).not.toMatch(/`(?:Servers|Payments|Two-factor|Language|Last seen)|undefined|NaN/);
    const limited = textOf(accountCard(card({ account: account({ details: { serverLimit: 5 } }) }), STAFF));
    expect(limited).toMatch(/Servers.* at most 5/);
  });

  it('in a channel shows of that only how many servers there are', () => {
    const details = { servers: 3, payments: 2, twoFactor: false, language: 'de', lastSeenAt: '2026-11-20T10:00:00Z' };
    const context = card({ account: account({ details }) });
    const shown = textOf(sharedCard(maskAccount(context.account), context, '200'));
    expect(shown).toContain('3 servers');
    expect(shown).not.toMatch(/Payments|Two-factor|Language|Last seen/);
  });

  it('of a panel that does not answer says so first, when it was so, and offers nothing that needs the panel', () => {
    const shown = accountCard(card({ unread: 'unreachable' }), STAFF);
    expect(textOf(shown)).toMatch(
      /^\*\*Main\*\* cannot be reached right now\. This is how the account was <t:\d+:R>\.\n/,
    );
    expect(shown.tone).toBe('neutral');
    const needing = ['credits add', 'user suspend', 'user edit', 'user delete', 'user role', 'link set'];
    const offered = [...actionsOf(shown).values()].map(({ command }) => command);
    expect(offered.filter((command) => needing.includes(command))).toEqual([]);
    expect(offered).toContain('user history');
  });

  it('says which panel was asked, and when', () => {
    expect(textOf(accountCard(card(), STAFF))).toMatch(/^-# .+ · as of <t:\d+:\w>/m);
  });

  it('shows neither balance nor credit operations to those who may not see credits', () => {
    const permissions = new Set(['accounts.view' as const]);
    const shown = textOf(accountCard(card({ permissions, open: [operation({ state: 'pending' })] }), STAFF));
    expect(shown).not.toMatch(/120|\+50|Balance/);
  });
});

describe('the card’s buttons', () => {
  const labels = (preset: Parameters<typeof permissionsOf>[0], changes: Parameters<typeof card>[0] = {}) => [
    ...actionsOf(accountCard(card({ permissions: permissionsOf(preset), ...changes }), PRIVATE)).keys(),
  ];

  it('are what a helper may do', () => {
    expect(labels('helper')).toEqual(['Notes (2)', 'History', 'Ledger', 'Payments', 'Servers', 'Cannot log in?']);
  });

  it('are what a moderator may do', () => {
    const offered = labels('moderator');
    expect(offered).toEqual(
      expect.arrayContaining(['Give credits', 'Suspend', 'Edit', 'Reveal e-mail', 'Remove link']),
    );
    expect(offered).not.toEqual(expect.arrayContaining(['Take credits']));
    expect(offered).not.toContain('Delete…');
  });

  it('leave out what the panel cannot do', () => {
    const abilities = new Set(ABILITIES.filter((ability) => ability !== 'credits' && ability !== 'suspension'));
    const offered = labels('owner', { abilities });
    expect(offered).not.toContain('Give credits');
    expect(offered).not.toContain('Suspend');
    expect(offered).toContain('Edit');
  });

  it('move no credits while a movement is not known to have happened', () => {
    const unclear = labels('owner', { open: [operation({ state: 'unknown' })] });
    expect(unclear).not.toEqual(expect.arrayContaining(['Give credits']));
    expect(unclear).not.toContain('Set balance');
    expect(unclear).toContain('Suspend');
    const suspending = operation({ state: 'unknown', verb: 'account.suspend', delta: null });
    expect(labels('owner', { open: [suspending] })).toContain('Give credits');
  });

  it.each([
    ['account.suspend', ['Suspend', 'Delete…'], 'nobody can suspend, delete or restore the account'],
    ['account.edit', ['Edit'], 'nobody can edit the account'],
    ['account.role', ['Change role'], 'nobody can change the account’s roles'],
  ] as const)('while %s is not known to have happened leave out %j, and the card says so', (verb, absent, words) => {
    const open = [operation({ state: 'unknown', verb, delta: null })];
    for (const label of absent) {
      expect(labels('owner')).toContain(label);
      expect(labels('owner', { open })).not.toContain(label);
    }
    expect(textOf(accountCard(card({ open }), STAFF))).toContain(`Until that is settled, ${words}.`);
  });

  it('keep an account whose deletion is scheduled, and change its status in no other way', () => {
    const deletion = operation({ verb: 'account.schedule_deletion', delta: null, dueAt: NOW });
    for (const status of ['active', 'suspended'] as const) {
      const offered = labels('owner', { account: account({ status }), deletion });
      expect(offered).toContain('Keep account');
      for (const label of ['Suspend', 'Lift suspension', 'Restore', 'Delete…']) expect(offered).not.toContain(label);
    }
  });

  it('write to somebody who can be reached', () => {
    const silent = new Set(ABILITIES.filter((ability) => ability !== 'notifications'));
    expect(labels('owner', { abilities: silent, link: null })).not.toContain('Write to them…');
    expect(labels('owner', { abilities: silent })).toContain('Write to them…');
    expect(labels('owner', { link: null })).toContain('Write to them…');
  });

  it('follow the status', () => {
    const suspended = labels('owner', { account: account({ status: 'suspended' }) });
    expect(suspended).toContain('Lift suspension');
    expect(suspended).not.toContain('Suspend');
    const deleted = labels('owner', { account: account({ status: 'deleted' }) });
    expect(deleted).toContain('Restore');
    expect(deleted).not.toContain('Give credits');
    expect(deleted).not.toContain('Delete…');
  });

  it('offer to link only who is not linked, and to verify only what is not verified', () => {
    expect(labels('owner', { link: null })).toContain('Link to a member…');
    expect(labels('owner', { link: null })).not.toContain('Remove link');
    expect(labels('owner')).not.toContain('Mark e-mail as verified');
    expect(labels('owner', { account: account({ verified: false }) })).toContain('Mark e-mail as verified');
  });

  it('stand in at most two rows of five, the rest in a menu', () => {
    const { blocks } = accountCard(card({ permissions: permissionsOf('owner') }), STAFF);
    const rows = blocks.filter(({ kind }) => kind === 'buttons');
    expect(rows.length).toBeLessThanOrEqual(2);
    for (const row of rows) expect(row.kind === 'buttons' && row.buttons.length).toBeLessThanOrEqual(5);
    expect(blocks.at(-1)?.kind).toBe('menu');
  });

  it('all name the account they act on', () => {
    for (const { options } of actionsOf(accountCard(card(), STAFF)).values()) expect(options.account).toBe('main/1001');
  });

  it('answer in public only in a staff channel, and offer to show the card only there', () => {
    const answers = (staff: boolean) =>
      [...actionsOf(accountCard(card({ account: account({ verified: false }) }), { staff })).values()].map(
        ({ answer }) => answer,
      );
    expect(answers(false)).not.toContain('public');
    expect(actionsOf(accountCard(card(), PRIVATE)).has('Show here')).toBe(false);
    expect(actionsOf(accountCard(card(), STAFF)).get('Show here')?.answer).toBe('public');
  });
});

describe('a card for everybody in a staff channel', () => {
  const shared = sharedCard(maskAccount(account()), card({ permissions: permissionsOf('owner') }), '200');

  it('holds no e-mail address and says who showed it', () => {
    expect(textOf(shared)).not.toContain('alex.morgan');
    expect(textOf(shared)).toContain('shown by <@200>');
  });

  it('has no actions of the one who showed it, and opens for whoever may look', () => {
    expect([...actionsOf(shared).keys()]).toEqual(['Open card']);
    expect(shared.audience).toBe('accounts.view');
  });

  it('cannot be made from an account that was not masked', () => {
    expectTypeOf<Account>().not.toExtend<MaskedAccount>();
    expectTypeOf(maskAccount(account())).toExtend<MaskedAccount>();
  });
});

describe('one’s own card', () => {
  it('shows the e-mail address and offers nothing that changes anything', () => {
    const view = ownCard(card({ own: true, noteCount: 0, permissions: new Set() }));
    expect(textOf(view)).toContain('alex.morgan\\@example.com');
    expect(textOf(view)).toContain('120');
    expect([...actionsOf(view).values()].map(({ command }) => command)).toEqual([
      'account credits',
      'account servers',
      'account history',
    ]);
  });

  it('does not tell of the team’s notes', () => {
    expect(textOf(ownCard(card({ own: true, noteCount: 3 })))).not.toContain('Notes');
  });
});

describe('a masked e-mail address', () => {
  it.each([
    ['alex@example.com', 'a•••@example.com'],
    ['a@example.com', '•••@example.com'],
    ['no address', '•••'],
    ['"a@b"@example.com', '"•••@example.com'],
  ])('of %s is %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });
});
