import { expect, it } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { type AuditRow, auditView } from '../../src/views/audit.ts';
import { textOf } from './text-of.ts';

const row: AuditRow = {
  at: new Date(0),
  actorId: '100000000000000003',
  action: 'credits.grant',
  outcome: 'succeeded',
  target: { panel: 'main', accountId: '7' },
  username: 'alex',
  memberId: null,
  operation: 1042,
  delta: money(5_000n, { code: 'credits', scale: 2 }),
};

function lineOf(changed: Partial<AuditRow>): string {
  return textOf(auditView({ items: [{ ...row, ...changed }], next: null, previous: null }, {}));
}

it('names a movement of credits by its amount, for those who may know it', () => {
  expect(lineOf({})).toContain('**+50** · alex');
  expect(lineOf({ delta: null })).toContain('**Credits given** · alex');
});

it('names anything else by what was done, whatever it moved', () => {
  expect(lineOf({ action: 'account.create' })).toContain('**Created** · alex');
  expect(lineOf({ action: 'note.add', operation: null, delta: null })).toContain('**Note added** · alex');
});
