import { describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { type RefusalCode, type RefusalParameters, refuse } from '../../src/domain/refusal.ts';
import { refusalWords } from '../../src/locales/en/refusals.ts';
import { HOSTILE, LONGEST } from '../views/samples.ts';

const AMOUNT = money(12_345n, { code: 'credits', scale: 2 });

/** One sample of each refusal; `text` stands wherever people or panels may write. */
const samples = (text: string): { readonly [Code in RefusalCode]: RefusalParameters[Code] } => ({
  'amount.malformed': { text },
  'amount.too_fine': { text, scale: 2 },
  'amount.too_large': { text },
  'amount.zero': {},
  'input.invalid': { field: text, problem: 'malformed', detail: text },
  'reason.missing': {},
  'target.missing': {},
  'target.unknown': { text },
  'target.disagree': {},
  'target.unlinked': { userId: '100', panel: text },
  'target.changed': {},
  'target.deleted': {},
  'member.no_account': {},
  'panel.unknown': { panel: text },
  'panel.failed': { panel: text, kind: 'rejected', detail: text },
  'ability.missing': { panel: text, ability: text, reason: `${text}.` },
  'field.missing': { panel: text, field: text },
  'account.already_suspended': {},
  'account.not_suspended': {},
  'account.not_deleted': {},
  'account.already_verified': {},
  'account.unchanged': {},
  'account.taken': { field: 'email' },
  'account.confirmation_differs': {},
  'server.unknown': {},
  'server.already_suspended': {},
  'server.not_suspended': {},
  'role.unknown': { role: text },
  'role.already_has': { role: text },
  'role.has_not': { role: text },
  'credits.insufficient': { balance: AMOUNT },
  'credits.unchanged': { balance: AMOUNT },
  'limit.insufficient': { limit: 3 },
  'limit.too_large': { largest: 1_000_000 },
  'limit.unchanged': { limit: 1 },
  'voucher.taken': {},
  'voucher.none': {},
  'operation.busy': { number: 1042 },
  'operation.unknown_open': { number: 1042 },
  'operation.key_reused': {},
  'operation.failed': { number: 1042, failure: 'did_not_happen' },
  'operation.settled': { number: 1042, state: 'failed' },
  'operation.own': {},
  'approval.required': {},
  'approval.nobody': { needed: 2 },
  'approval.over': { number: 1042, state: 'succeeded' },
  'approval.own': {},
  'approval.requester_gone': { userId: '100' },
  'approval.requester_barred': { userId: '200' },
  'approval.moved': { delta: AMOUNT },
  'approval.again': {},
  'undo.impossible': { number: 1042 },
  'undo.over': { number: 1042, minutes: 15 },
  'undo.done': { number: 1042 },
  'undo.moved_on': { number: 1042 },
  'undo.spent': { balance: AMOUNT },
  'suspension.irreversible': { panel: text },
  'deletion.scheduled': { number: 1042, at: new Date(0) },
  'deletion.not_scheduled': {},
  'secret.none': {},
  'account.held': { userId: '123456789012345678' },
  'notify.nobody': {},
  'notify.closed': {},
  'operation.settling': { number: 1042 },
  'operation.none': { number: 1042 },
  'amendment.empty': {},
  'amendment.none': {},
  'file.too_large': { limitBytes: 2_097_152 },
  'file.gone': {},
  'policy.denied': { permission: 'credits.grant' },
  'policy.stale': {},
  'policy.oneself': {},
  'policy.rank': {},
  'policy.owner_only': {},
  'policy.protected': {},
  'policy.recent': { days: 7 },
  'policy.over_act': { limit: AMOUNT },
  'policy.over_day': { limit: AMOUNT, left: AMOUNT },
  'policy.over_target': { limit: AMOUNT, left: AMOUNT },
  'audit.too_large': {},
  'grant.everyone': {},
  'grant.managed_role': {},
  'grant.own_role': {},
  'grant.beyond': { permission: 'credits.set' },
  'grant.beyond_limit': { permission: 'credits.grant' },
  'grant.rank': { preset: 'administrator' },
  'grant.owner_given': { permission: 'policy.manage' },
  'grant.unknown': {},
  'link.own': {},
  'link.member_taken': { panel: text },
  'link.account_taken': {},
  'link.none': {},
  'note.withdrawn': {},
  'place.staff_in_dm': {},
  'place.foreign_guild': {},
  'note.foreign': { authorId: '100' },
  'press.foreign': { userId: '100' },
  'press.used': {},
  'press.expired': {},
  'press.unknown': {},
  'flood.acts': {},
  'flood.running': {},
});

const codes = Object.keys(samples('')) as RefusalCode[];
const wordsOf = (code: RefusalCode, text: string) => refusalWords(refuse(code, samples(text)[code]));

describe.each(codes)('the refusal %s', (code) => {
  it('is told in whole sentences', () => {
    expect(wordsOf(code, 'abc')).toMatch(/^\S.*[.?!”]$/s);
  });

  it('shows nothing of its code or of an absent value', () => {
    expect(wordsOf(code, 'abc')).not.toMatch(/undefined|null|NaN|\[object/);
    expect(wordsOf(code, 'abc')).not.toContain(code);
  });

  it('lets hostile text neither mention, link, nor break out of its line', () => {
    const words = wordsOf(code, HOSTILE);
    const unescaped = words.replaceAll(/\\./g, '').replaceAll(/<@\d+>|<t:\d+:R>/g, '');
    expect(unescaped).not.toMatch(/[<@[\]]|:\/\/|\n|[\u200b\u200f\u202e\u2066]/);
  });

  it('stays short, however long what was typed', () => {
    expect(wordsOf(code, LONGEST).length).toBeLessThan(2_000);
  });
});

describe('refusals', () => {
  it('say that nothing was changed wherever something was to be', () => {
    for (const code of ['amount.malformed', 'credits.insufficient', 'policy.over_day', 'press.foreign'] as const) {
      expect(wordsOf(code, '5')).toContain('Nothing was changed.');
    }
  });

  it('without a grant do not tell whether the account exists', () => {
    expect(wordsOf('policy.denied', '')).not.toMatch(/account (?:was|is|exists|found)/i);
  });

  it('name the amount that is left', () => {
    expect(wordsOf('policy.over_day', '')).toContain('**123.45**');
  });
});
