import { describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { type Announcement, announcementView } from '../../src/views/announcement.ts';
import type { RecordFacts } from '../../src/views/record-facts.ts';
import { NOW, operation, record as sample, UNIT } from './samples.ts';
import { actionsOf, textOf } from './text-of.ts';

const LATER = new Date(NOW.getTime() + 60_000);
const TOMASZ = '300';
const LENA = '400';

const record = (changes: Partial<RecordFacts> = {}) => ({ ...sample(), username: 'alexm', ...changes });

function say(announcement: Announcement) {
  const view = announcementView(announcement, NOW);
  return { view, text: textOf(view).replaceAll('*', ''), actions: actionsOf(view) };
}

const line = (changes: Partial<RecordFacts> = {}, undoUntil: Date | null = null) =>
  say({ kind: 'operation', record: record(changes), undoUntil });

const card = (changes: Partial<RecordFacts>) =>
  say({ kind: 'card', record: record(changes), balance: money(12_000n, UNIT), alertRoleId: '7' });

const told = (changes: Partial<RecordFacts> = {}, left: 'day' | 'hour' | null = null) =>
  say({ kind: 'member', record: record(changes), left });

const deed = (changes: Partial<RecordFacts['operation']> = {}) => ({ ...record().operation, ...changes });

const approved = { userId: TOMASZ, decision: 'approved', reason: null, at: NOW } as const;
const declined = { userId: LENA, decision: 'declined', reason: 'Too much', at: NOW } as const;
const waiting = {
  because: { code: 'policy.over_act', parameters: { limit: money(3_000n, UNIT) } },
  needed: 2,
  until: LATER,
} as const;

describe('the line of the audit channel', () => {
  it('says who did what to whom, and nothing personal', () => {
    const { view, text } = line();
    expect(text).toBe('#1043 · <@200> · +50 · alexm · <@100> · 120 → 170 · Power cut');
    expect(view.visibility).toBe('masked');
  });

  it('says when it is not known whether it happened', () => {
    const { view, text } = line({ operation: deed({ state: 'unknown' }), balance: null });
    expect(text).toContain('not known whether it happened');
    expect(view.tone).toBe('info');
  });

  it('offers to take it back while that can be done, and not after', () => {
    expect(line({}, LATER).actions.get('Undo')).toMatchObject({ command: 'undo', options: { operation: 1043 } });
    expect(line({}, NOW).actions.size).toBe(0);
  });

  it('strikes out what was taken back, and says by whom and by what', () => {
    const undo = { ...deed({ number: 1050, actorId: TOMASZ, link: { number: 1043, kind: 'undo' } }) };
    const { text } = line({ linked: [undo] });
    expect(text).toContain('~~+50~~');
    expect(text).toContain(`taken back by <@${TOMASZ}> (#1050)`);
    expect(line({ linked: [{ ...undo, state: 'failed' }] }).text).not.toContain('~~');
  });

  it('says of what takes something back what that is', () => {
    expect(line({ operation: deed({ link: { number: 1040, kind: 'undo' } }) }).text).toContain('takes back #1040');
  });

  it('says who approved, who declined and why, and who said how it ended', () => {
    expect(line({ decisions: [approved] }).text).toContain(`approved by <@${TOMASZ}>`);
    const no = line({ operation: deed({ state: 'failed' }), failure: 'declined', decisions: [approved, declined] });
    expect(no.text).toContain(`declined by <@${LENA}>: Too much`);
    expect(line({ settledBy: 'person', settlerId: LENA }).text).toContain(`settled: it happened, by <@${LENA}>`);
    const not = line({ operation: deed({ state: 'failed' }), settledBy: 'reference', failure: 'did_not_happen' });
    expect(not.text).toContain('settled: it did not happen');
  });

  it('says that the panel said no, and not with what words: they may name somebody', () => {
    const failed = {
      operation: deed({ state: 'failed' }),
      failure: 'rejected',
      failureDetail: 'alex@example.com is taken',
      decisions: [approved],
    } as const;
    for (const { text } of [line(failed), card(failed)]) {
      expect(text).toContain('Main said no.');
      expect(text).not.toContain('taken');
    }
    expect(say({ kind: 'requester', record: record(failed) }).text).toContain('is taken');
  });

  it('says until when a suspension lasts', () => {
    const { text } = line({ operation: deed({ verb: 'account.suspend', delta: null, dueAt: LATER }) });
    expect(text).toContain(`until <t:${LATER.getTime() / 1_000}:f>`);
  });
});

describe('the card of what waits for approval', () => {
  const { view, text, actions } = card({ operation: deed({ state: 'awaiting_approval' }), waiting, balance: null });

  it('says who asks for what, why, why that is not theirs alone, and until when', () => {
    expect(text).toContain('Waits for approval · #1043');
    expect(text).toContain('+50 · alexm · <@100>');
    expect(text).toContain('Power cut');
    expect(text).toContain('it is more than the 30 that they may move at once');
    expect(text).toContain('120, and 170 with it');
    expect(text).toContain(`Declined by itself <t:${LATER.getTime() / 1_000}:R>`);
  });

  it('counts the approvals', () => {
    expect(text).toContain('by nobody yet, of 2');
    expect(card({ waiting, decisions: [approved] }).text).toContain(`by <@${TOMASZ}> (1 of 2)`);
  });

  it('decides by its buttons, which whoever may look at accounts may press', () => {
    expect(view.audience).toBe('accounts.view');
    expect(actions.get('Approve')).toMatchObject({ command: 'operations approve', answer: 'update' });
    expect(actions.get('Decline…')).toMatchObject({ command: 'operations decline', answer: 'form' });
    expect(actions.get('Open card')).toMatchObject({ command: 'user view' });
  });

  it('mentions the one role', () => {
    expect(text).toContain('<@&7>');
  });

  it('names the role that is to be given', () => {
    const role = { name: 'partner', change: 'add' } as const;
    expect(card({ operation: deed({ verb: 'account.role', delta: null }), role, waiting }).text).toContain(
      'Give the role partner',
    );
  });

  it('says how it ended, and has nothing to press any more', () => {
    const done = card({ decisions: [approved] });
    expect(done.text).toContain(`Done · approved by <@${TOMASZ}> · #1043`);
    expect(done.actions.size).toBe(0);
    const no = card({ operation: deed({ state: 'failed' }), failure: 'declined', decisions: [declined] });
    expect(no.text).toContain(`Did not happen · declined by <@${LENA}>: Too much`);
    const late = card({ operation: deed({ state: 'failed' }), failure: 'not_approved' });
    expect(late.text).toContain('nobody approved it in time');
    expect(late.text).not.toContain('<@&7>');
  });
});

describe('the card of what a person has to settle', () => {
  const unknown = { operation: deed({ state: 'unknown' }), balance: null };
  const balance = { why: 'balance', beforeMinor: 12_000n, expectedMinor: 17_000n, seenMinor: 15_500n } as const;

  it('lays the balances and what else moved them beside each other', () => {
    const movement = { kind: 'outside', deltaMinor: 3_500n, at: NOW, operation: null } as const;
    const { text, view } = card({ ...unknown, doubt: balance, movements: [movement] });
    expect(text).toMatch(/Before\W+120/);
    expect(text).toMatch(/If it happened\W+170/);
    expect(text).toMatch(/Seen now\W+155/);
    expect(text).toContain('+35 · by others');
    expect(view.audience).toBe('operations.settle');
  });

  it('says when the balance could not be read', () => {
    expect(card({ ...unknown, doubt: { ...balance, seenMinor: null } }).text).toContain('could not be read');
  });

  it('names the steps that are done and the one that is not known', () => {
    const { text } = card({
      ...unknown,
      doubt: { why: 'steps', done: ['account', 'first server'], open: 'second server' },
    });
    expect(text).toContain('✓ account\n✓ first server\n? second server');
  });

  it('takes one press of three', () => {
    const { actions } = card({ ...unknown, doubt: { why: 'unclear' } });
    const pressed = ['It happened', 'It did not', 'Try again'].map((label) => actions.get(label));
    expect(pressed.map((action) => action?.options.outcome)).toEqual(['happened', 'not', 'again']);
    expect(new Set(pressed.map((action) => action?.once))).toEqual(new Set(['settle']));
  });

  it('tells both answers where there are two, of which there is nothing to try again', () => {
    const { text, actions } = card({
      operation: deed({ state: 'failed' }),
      doubt: { why: 'contradiction', came: 'succeeded' },
    });
    expect(text).toContain('It is recorded as not having happened.');
    expect(text).toContain('said that it happened');
    expect(actions.has('Try again')).toBe(false);
  });

  it('says who settled it, and has nothing to press any more', () => {
    const { text, actions } = card({ settledBy: 'person', settlerId: LENA });
    expect(text).toContain(`Done · settled: it happened, by <@${LENA}>`);
    expect(actions.size).toBe(0);
  });
});

describe('what a member is told', () => {
  it('is what was done, why, and what they have now; never who did it', () => {
    const { text, view } = told();
    expect(text).toContain('The team gave you 50 credits: Power cut. You have 170 credits now.');
    expect(text).not.toContain('<@200>');
    expect(view.visibility).toBe('private');
  });

  it('has the reason as it was corrected', () => {
    expect(told({ operation: deed({ correctedReason: 'Event prize' }) }).text).toContain('50 credits: Event prize.');
  });

  it('says when a suspension ends, and that it ends soon', () => {
    const suspension = { operation: deed({ verb: 'account.suspend', delta: null, dueAt: LATER }), balance: null };
    expect(told(suspension).text).toContain(`The suspension ends by itself on <t:${LATER.getTime() / 1_000}:f>`);
    expect(told(suspension, 'day').text).toContain('Your suspension ends in a day');
  });

  it('says that something was taken back, or ended by itself', () => {
    const undo = { number: 1040, kind: 'undo' } as const;
    const back = { verb: 'credits.deduct', delta: money(-5_000n, UNIT), link: undo, reason: null } as const;
    expect(told({ operation: deed(back) }).text).toContain('The team took back 50 credits that it had given you.');
    const over = { verb: 'account.unsuspend', delta: null, link: { number: 1040, kind: 'end' } } as const;
    expect(told({ operation: deed(over) }).text).toContain('Your suspension has ended.');
  });

  it('warns of a changed e-mail address, and offers no way to silence that', () => {
    const edit = { operation: deed({ verb: 'account.edit', delta: null, reason: null }), balance: null };
    expect(told({ ...edit, changed: ['email'] }).text).toContain(
      'If you did not ask for that, write to the team at once',
    );
    expect(told({ ...edit, changed: ['email'] }).text).not.toContain('/account notifications');
    expect(told({ ...edit, changed: ['name'] }).text).toContain('/account notifications');
  });
});

describe('what whoever asked is told', () => {
  const of = (changes: Partial<RecordFacts>) => say({ kind: 'requester', record: record(changes) }).text;

  it('is how others decided', () => {
    expect(of({ decisions: [approved] })).toContain(`It is done: +50 · alexm · <@100>\napproved by <@${TOMASZ}>`);
    const failed = { operation: deed({ state: 'failed' }) };
    expect(of({ ...failed, failure: 'declined', decisions: [declined] })).toContain('Too much');
    expect(of({ ...failed, failure: 'not_approved' })).toContain('nobody approved it in time');
    expect(of({ ...failed, failure: 'rejected', failureDetail: 'blocked' })).toContain(
      'Main said no. It says: “blocked”',
    );
  });
});

it('a reminder says what still waits, and mentions the role once more', () => {
  const { text, actions } = say({ kind: 'reminder', record: record({ waiting }), alertRoleId: '7' });
  expect(text).toContain(`#1043 still waits; it is declined <t:${LATER.getTime() / 1_000}:R>`);
  expect(text).toContain('<@&7>');
  expect(actions.size).toBe(0);
});

it('loosened guards are told one a line', () => {
  const { text } = say({
    kind: 'policy',
    action: 'settings.change',
    actorId: operation().actorId,
    changes: [
      { setting: 'undoMinutes', before: 15, after: 1_440 },
      { setting: 'approvers', before: 2, after: 1 },
    ],
  });
  expect(text).toBe('<@200> · Undo: 15 minutes → 1 day\n<@200> · Approvers: 2 → 1');
});
