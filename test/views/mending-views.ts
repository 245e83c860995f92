/** The views of new passwords and of why somebody cannot log in. */
import { PERMISSIONS } from '../../src/domain/permission.ts';
import { ABILITIES } from '../../src/panels/panel.ts';
import { REASON_CODES } from '../../src/services/accounts/diagnosis-reasons.ts';
import { diagnosisView, noAccountView } from '../../src/views/diagnosis.ts';
import { maskAccount } from '../../src/views/masked-account.ts';
import { passwordOutcome, passwordView } from '../../src/views/password.ts';
import type { View } from '../../src/views/view.ts';
import { account, NOW, operation } from './samples.ts';

const ID = '9'.repeat(20);

export function mendingViews(text: string): Readonly<Record<string, View>> {
  const worst = account({ email: `${text}@${text}`, username: text, name: text, verified: false, status: 'suspended' });
  const deed = {
    ...operation({ reason: text, correctedReason: text, actorId: ID, memberId: ID, number: 999_999 }),
    verb: 'account.password' as const,
    dueAt: NOW,
    link: null,
  };
  const row = { panel: 'main', accountId: '1001', username: text, name: text, status: 'active' as const };
  const done = { operation: deed, account: maskAccount(worst), undo: null };
  const reasons = REASON_CODES.flatMap((code) => {
    const reason = { code, detail: text, operation: deed, other: row, password: { number: 999_999, at: NOW } };
    return code === 'open' ? [reason, reason, reason] : [reason];
  });
  const facts = {
    account: worst,
    panel: { id: 'main', label: text },
    seenAt: NOW,
    unread: null,
    reasons,
    deletionScheduled: false,
    unknown: [],
    permissions: new Set(PERMISSIONS),
    abilities: new Set(ABILITIES),
  };
  return {
    'new password, told directly': passwordOutcome(done, 'direct'),
    'new password, not told directly': passwordOutcome(done, 'closed'),
    'new password of one’s own': passwordOutcome(done, 'own'),
    'new password of nobody’s': passwordOutcome(done, 'shown'),
    'password shown': passwordView(
      { account: { username: text }, panelLabel: text, password: 'k'.repeat(72) },
      'member',
    ),
    diagnosis: diagnosisView(facts, { staff: true }),
    'diagnosis by whoever may do nothing': diagnosisView({ ...facts, permissions: new Set() }, { staff: false }),
    'diagnosis without the panel': diagnosisView(
      { ...facts, unread: { what: 'account', failure: 'unreachable' } },
      { staff: false },
    ),
    'diagnosis without findings of the panel': diagnosisView(
      { ...facts, reasons: [], unread: { what: 'findings', failure: 'rejected' } },
      { staff: false },
    ),
    'no such account': noAccountView({
      typed: text,
      resembling: Array.from({ length: 10 }, () => row),
      creations: [deed, deed, deed],
      permissions: new Set(PERMISSIONS),
    }),
  };
}
