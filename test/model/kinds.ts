/** What differs from sequence to sequence before anything happens: the panel, and what the team has set. */
import fc from 'fast-check';
import type { Proof, Traits } from '../../src/panels/panel.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/services/settings/schema.ts';
import { createTestPanel, type TestPanel, type TestPanelOptions } from '../harness/test-panel.ts';

export interface PanelKind {
  /** Which of its changes can be found by our reference; the others by what they left. */
  readonly byReference: 'all' | 'some' | 'none';
  readonly idempotent: boolean;
  readonly creditsBy: 'panel' | 'house';
  /** How long after a time-out it may still act, in milliseconds. */
  readonly settleAfterMs: number;
  /** Whether it can rule out a change that has not come yet, by its reference. */
  readonly annuls: boolean;
  readonly suspends: boolean;
  readonly notifies: boolean;
}

export const anyPanelKind: fc.Arbitrary<PanelKind> = fc
  .record({
    byReference: fc.constantFrom('all', 'some', 'none'),
    idempotent: fc.boolean(),
    creditsBy: fc.constantFrom('panel', 'house'),
    settleAfterMs: fc.constantFrom(0, 60_000),
    annuls: fc.boolean(),
    suspends: fc.constantFrom(true, true, true, false),
    notifies: fc.constantFrom(true, true, true, false),
  } as const)
  // What is settled by what is seen must be waited for, whether or not other changes can be ruled out.
  .map((kind) => ({ ...kind, annuls: kind.annuls && kind.byReference === 'all' }));

export type ModelSettings = Pick<
  Settings,
  'approvalsChannelId' | 'approvers' | 'graceHours' | 'approvalVerbs' | 'repeatWindowMinutes'
>;

export const anySettings: fc.Arbitrary<ModelSettings> = fc.record({
  approvalsChannelId: fc.constantFrom('500', '500', null),
  approvers: fc.constantFrom(1, 1, 2),
  graceHours: fc.constantFrom(0, 1),
  approvalVerbs: fc.constantFrom([], [], ['account.role', 'credits.deduct', 'account.delete']),
  repeatWindowMinutes: fc.constantFrom(0, 10),
});

export function settingsOf(settings: ModelSettings): Settings {
  return { ...DEFAULT_SETTINGS, ...settings };
}

const REFERENCED_WHERE_SOME: readonly string[] = ['create', 'credits', 'deletion'];

export function panelOf(kind: PanelKind, now: () => Date): TestPanel {
  const { idempotent, settleAfterMs, annuls } = kind;
  const traits = (ability: keyof NonNullable<TestPanelOptions['traits']>): Partial<Traits> => {
    const referenced =
      kind.byReference === 'all' || (kind.byReference === 'some' && REFERENCED_WHERE_SOME.includes(ability));
    const seen: Proof = ability === 'credits' ? 'balance' : 'state';
    return { idempotent, settleAfterMs, proof: referenced ? 'reference' : seen };
  };
  const panel = createTestPanel({
    ...{ now, annuls, creditsBy: kind.creditsBy },
    traits: {
      create: traits('create'),
      edit: traits('edit'),
      credits: traits('credits'),
      suspension: traits('suspension'),
      deletion: traits('deletion'),
      restoration: traits('restoration'),
      roles: traits('roles'),
      verification: traits('verification'),
      notifications: traits('notifications'),
    },
  });
  if (kind.byReference === 'none') panel.setAbility('receipts', false);
  if (!kind.suspends) panel.setAbility('suspension', false);
  if (!kind.notifies) panel.setAbility('notifications', false);
  return panel;
}
