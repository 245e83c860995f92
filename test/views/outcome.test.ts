import { describe, expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { deletionView } from '../../src/views/deletion.ts';
import { maskAccount } from '../../src/views/masked-account.ts';
import { accountOutcome, askView, changedFields, creditsOutcome, unknownView } from '../../src/views/outcome.ts';
import { account, card, operation, UNIT } from './samples.ts';
import { actionsOf, textOf } from './text-of.ts';

const done = { operation: operation(), account: maskAccount(account()), undo: null };
const move = { delta: money(5_000n, UNIT), before: money(12_000n, UNIT), after: money(17_000n, UNIT) };

describe('the answer to credits', () => {
  it('says what moved, from where to where, why, and its number in one line', () => {
    const [line] = textOf(creditsOutcome(done, move)).split('\n');
    expect(line?.replaceAll('*', '')).toBe('+50 · 120 → 170 · Power cut · #1043');
  });

  it('that were taken back names what they take back in place of a reason', () => {
    const back = { ...done, operation: operation({ number: 1050, link: { number: 1043, kind: 'undo' } }) };
    const moved = { delta: money(-5_000n, UNIT), before: move.after, after: move.before };
    const [line] = textOf(creditsOutcome(back, moved)).split('\n');
    expect(line?.replaceAll('*', '')).toBe('−50 · 170 → 120 · takes back #1043 · #1050');
  });

  it('can be taken back where that is still possible, and is answered as it was', () => {
    expect(actionsOf(creditsOutcome(done, move)).has('Undo')).toBe(false);
    expect(actionsOf(creditsOutcome({ ...done, undo: 'public' }, move)).get('Undo')).toMatchObject({
      command: 'undo',
      options: { operation: 1043 },
      answer: 'public',
    });
  });

  it('says whose account it was and who did it', () => {
    expect(textOf(creditsOutcome(done, move))).toMatch(/alexm · <@100> · by <@200>/);
  });

  it('is fit for a staff channel', () => {
    const view = creditsOutcome(done, move);
    expect(view.visibility).toBe('masked');
    expect(textOf(view)).not.toContain('@example.com');
  });
});

describe('the answer to an edit', () => {
  it('names the fields that changed, never their values', () => {
    const before = account();
    const after = account({ email: 'new@example.org', name: 'Alexandra' });
    expect(changedFields(before, after)).toEqual(['email', 'name']);
    const edited = {
      operation: operation({ verb: 'account.edit', delta: null, reason: null }),
      account: maskAccount(after),
      undo: null,
    };
    const [line] = textOf(accountOutcome(edited, { changed: changedFields(before, after) })).split('\n');
    expect(line?.replaceAll('*', '')).toBe('Edited · E-mail, Name · #1043');
    expect(textOf(accountOutcome(edited, { changed: ['email'] }))).not.toContain('new@');
  });
});

describe('the answer to a creation', () => {
  it('does not hide that the member could not be linked', () => {
    const created = {
      operation: operation({ verb: 'account.create', delta: null, reason: null }),
      account: maskAccount(account()),
      undo: null,
    };
    expect(textOf(accountOutcome(created, { linked: false }))).toContain('not linked to the member');
    expect(textOf(accountOutcome(created, { linked: true }))).not.toContain('not linked');
  });
});

describe('an unknown outcome', () => {
  const view = unknownView(operation({ state: 'unknown' }), done.account, 'Main');

  it('says that it is not known, and what to do', () => {
    expect(textOf(view)).toMatch(/not known whether this happened/);
    expect(textOf(view)).toMatch(/do not do it again/);
    expect(textOf(view)).toContain('#1043');
  });

  it('says that the account’s credits rest, only where credits are concerned', () => {
    expect(textOf(view)).toMatch(/credits rest/);
    expect(
      textOf(unknownView(operation({ state: 'unknown', verb: 'account.suspend', delta: null }), done.account, 'Main')),
    ).not.toMatch(/credits rest/);
  });

  it('is counted as unknown', () => {
    expect(view.status).toBe('unknown');
  });
});

describe('the question about a repeat', () => {
  const again = {
    command: 'credits add',
    options: { account: 'main/1001', amount: '50', reason: 'Power cut' },
    answer: 'private',
  } as const;
  const view = askView({ verb: 'credits.grant', number: 1042, actorId: '300', at: new Date() }, again);

  it('names who did the same, and when', () => {
    expect(textOf(view)).toMatch(/give credits \(50\) · <@300> · <t:\d+:R> · #1042/);
  });

  it('can be answered once: doing it carries on the same intent, leaving it ends the question', () => {
    const doIt = actionsOf(view).get('Do it anyway');
    const leaveIt = actionsOf(view).get('Leave it');
    expect(doIt).toMatchObject({ command: 'credits add', options: again.options, inherits: true });
    expect(leaveIt).toMatchObject({ command: 'leave', answer: 'update' });
    expect(doIt?.once).toBeDefined();
    expect(doIt?.once).toBe(leaveIt?.once);
  });
});

describe('the preview of a deletion', () => {
  const preview = { card: card(), effects: ['Two servers go with it.'], soft: true, graceHours: 0, suspends: true };

  it('says what goes, and leads to a form before anything is done', () => {
    const view = deletionView(preview, 'Asked for it');
    expect(textOf(view)).toContain('Two servers go with it.');
    expect(actionsOf(view).get('Delete…')).toMatchObject({
      command: 'user delete-confirmed',
      answer: 'form',
      options: { reason: 'Asked for it' },
    });
  });

  it('does not promise a way back where there is none', () => {
    expect(textOf(deletionView(preview, ''))).toContain('can be brought back');
    expect(textOf(deletionView({ ...preview, soft: false }, ''))).toContain('cannot be brought back');
  });

  it('says when the grace ends, what calls it off, and what comes after', () => {
    const shown = textOf(deletionView({ ...preview, graceHours: 72 }, ''));
    expect(shown).toMatch(/Nothing is deleted at once.* suspended first, and deleted in 3 days \(<t:\d+:f>\)/);
    expect(shown).toMatch(/Until then `\/user restore` calls it off; after that it brings the account back\./);
    expect(textOf(deletionView({ ...preview, graceHours: 72, soft: false }, ''))).toContain(
      'After that it cannot be brought back',
    );
  });

  it('says until when the member can log in where the panel cannot suspend', () => {
    const shown = textOf(deletionView({ ...preview, graceHours: 1, suspends: false }, ''));
    expect(shown).toMatch(/deleted in 1 hour \(<t:\d+:f>\).* can log in until then/);
  });

  it('does not offer to suspend for a grace that there is not', () => {
    expect(textOf(deletionView(preview, ''))).not.toMatch(/suspended|at once/);
  });
});
