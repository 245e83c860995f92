import type { Unit } from '../domain/money.ts';
import { actorWords, deedWords, numberWords, stateWords } from '../locales/en/operations.ts';
import { linkWords, undoLabel } from '../locales/en/settlement.ts';
import { amount, join, mention, type Text, text, untrusted } from '../locales/text.ts';
import { endingParts, isTakenBack } from './ending.ts';
import { reasonWords } from './operation-line.ts';
import { button, lines, paragraph, run } from './parts.ts';
import { type GrantFacts, grantLine } from './policy.ts';
import type { RecordFacts } from './record-facts.ts';
import { particulars } from './record-words.ts';
import { type GuardChange, guardLine } from './settings.ts';
import type { Tone, View } from './view.ts';

const TONES = {
  succeeded: 'neutral',
  failed: 'bad',
  unknown: 'info',
  pending: 'info',
  awaiting_approval: 'info',
} as const satisfies Readonly<Record<RecordFacts['operation']['state'], Tone>>;

/** One line: who did what to whom, how it ended, and what became of it. Nothing personal. */
export function auditLine(record: RecordFacts, options: { readonly mayBeUndone: boolean }): View<'masked'> {
  const { operation } = record;
  const words = operationWords(record);
  const undo = button(undoLabel, run('undo', { operation: operation.number }));
  return {
    visibility: 'masked',
    tone: TONES[operation.state],
    audience: 'accounts.view',
    blocks: [options.mayBeUndone ? { kind: 'section', text: words, accessory: undo } : paragraph(words)],
  };
}

/** A change of who may do what, or of the settings that hold people back: for the audit channel, and for the owners. */
export type PolicyChange =
  | { readonly action: 'policy.grant' | 'policy.revoke'; readonly actorId: string; readonly grant: GrantFacts }
  | { readonly action: 'settings.change'; readonly actorId: string; readonly changes: readonly GuardChange[] };

export function policyLine(change: PolicyChange): View<'masked'> {
  const changes =
    change.action === 'settings.change'
      ? change.changes.map((guard) => guardLine(guard))
      : [grantLine(change.action === 'policy.grant' ? 'granted' : 'revoked', change.grant)];
  const words = lines(changes.map((what) => join([actorWords(change.actorId), what])));
  return { visibility: 'masked', tone: 'info', blocks: [paragraph(words)] };
}

function operationWords(record: RecordFacts): Text {
  const { operation, username, balance, panel } = record;
  const { actorId, verb, delta, number, state, memberId, link } = operation;
  const deed = deedWords(verb, delta);
  return join([
    numberWords(number),
    actorWords(actorId),
    state === 'failed' || isTakenBack(record) ? text`~~${deed}~~` : text`**${deed}**`,
    stateWords[state],
    link === null ? null : linkWords[link.kind](link.number),
    username === null ? null : untrusted(username, 60),
    memberId === null ? null : mention(memberId),
    panel.amongSeveral ? untrusted(panel.label, 40) : null,
    balance === null || delta === null ? null : moveWords(balance, delta.unit),
    particulars(record),
    untilWords(record),
    reasonWords(operation, 200),
    ...endingParts(record),
  ]);
}

function moveWords({ before, after }: { before: bigint; after: bigint }, unit: Unit): Text {
  return text`${amount({ minor: before, unit })} → ${amount({ minor: after, unit })}`;
}

/** When what it began ends by itself. */
function untilWords({ operation: { verb, state, dueAt } }: RecordFacts): Text | null {
  if (dueAt === null || state === 'failed') return null;
  const begun = state !== 'awaiting_approval' && verb === 'account.schedule_deletion';
  return begun ? linkWords.due(dueAt) : linkWords.until(dueAt);
}
