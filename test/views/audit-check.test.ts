import { describe, expect, it } from 'vitest';
import { auditCheckView, type VerdictFacts } from '../../src/views/audit-check.ts';
import { textOf } from './text-of.ts';

const AT = new Date('2026-03-03T12:00:00Z');
const SEAL = 'a'.repeat(64);
const row = { at: AT, actorId: '100000000000000003', action: 'credits.grant', operation: 1042 };
const whole: VerdictFacts = {
  fault: null,
  sealed: 1_204,
  since: AT,
  head: { position: 1_204, seal: SEAL },
  compared: [],
  unsealed: 0,
};

const read = (changed: Partial<VerdictFacts>) =>
  textOf(auditCheckView({ ...whole, ...changed }))
    .replaceAll('\u2009', ' ')
    .replaceAll(/<t:\d+:\w>/g, '‹when›');

describe('what a check of the audit log says', () => {
  it('when it is whole: since when, up to which head, and the head to keep', () => {
    expect(read({})).toContain('All **1 204** rows since ‹when› are as they were sealed.');
    expect(read({})).toContain('No head was posted yet');
    expect(read({})).toContain(`\`1204-${SEAL}\``);
    const compared = [{ from: 'channel', position: 1_200, seal: SEAL, at: AT } as const];
    expect(read({ compared })).toContain('It leads to the head of row 1 200, posted to the audit channel ‹when›.');
    expect(read({ compared: [{ from: 'given', position: 7, seal: SEAL }] })).toContain('that you gave, of row 7.');
    expect(read({ unsealed: 3 })).toContain('3 rows are too new to be sealed.');
  });

  it('when there is nothing yet', () => {
    expect(read({ sealed: 0, since: null, head: null })).toContain('Nothing is sealed yet');
  });

  it.each([
    [
      'was changed',
      { kind: 'changed', position: 1_204, row },
      '**Row 1 204** of ‹when› does not bear its seal: it was changed after it was sealed.\n' +
        'It says now: **Credits given** · by <@100000000000000003> · #1042',
    ],
    [
      'had its personal part changed',
      { kind: 'personal_changed', position: 5, row },
      'The personal part of **row 5** of',
    ],
    ['was removed', { kind: 'removed', position: 5, count: 1, sealedAt: AT }, '**Row 5**, sealed ‹when›, was removed.'],
    [
      'was removed with its seal',
      { kind: 'removed', position: 5, count: 1, sealedAt: null },
      '**Row 5** was removed, with its seal.',
    ],
    [
      'was removed with others',
      { kind: 'removed', position: 5, count: 3, sealedAt: null },
      '**Rows 5 to 7** were removed, with their seals.',
    ],
    [
      'was put in',
      { kind: 'inserted', position: 5, row },
      'A row of ‹when› was put in **after row 5**; it was never sealed.',
    ],
    ['was put before all', { kind: 'inserted', position: 0, row }, 'was put **before row 1**'],
  ] as const)('when a row %s', (_name, fault, words) => {
    expect(read({ fault, sealed: 4 })).toContain(words);
  });

  it('of the rows before a fault', () => {
    const fault = { kind: 'changed', position: 5, row } as const;
    expect(read({ fault, sealed: 4 })).toContain('Rows 1 to 4, before it, are as they were sealed.');
    expect(read({ fault: { ...fault, position: 1 }, sealed: 0 })).not.toContain('before it, ');
    expect(read({ fault: { kind: 'inserted', position: 1, row }, sealed: 900 })).toContain('Row 1, before it, is as');
  });

  it('when the end was cut off, and by which head that is known', () => {
    const head = { from: 'channel', position: 1_300, seal: SEAL, at: AT } as const;
    const cut = read({ fault: { kind: 'cut_off', position: 1_205, head } });
    expect(cut).toContain('The log was cut off **after row 1 204**: there were 1 300 rows.');
    expect(cut).toContain('That is by the head posted to the audit channel ‹when›.');
    const grown = read({ fault: { kind: 'cut_off', position: 1_300, head }, sealed: 1_400 });
    expect(grown).toContain('**Row 1 300** is another than it was');
    expect(grown).not.toContain('are as they were sealed');
  });
});
