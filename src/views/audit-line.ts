import type { Unit } from '../domain/money.ts';
import { actorWords, deedWords, numberWords, stateWords } from '../locales/en/operations.ts';
import { amount, join, mention, type Text, text, untrusted } from '../locales/text.ts';
import type { OperationFacts } from './operation-line.ts';
import { paragraph } from './parts.ts';
import { type GrantFacts, grantLine } from './policy.ts';
import type { Tone, View } from './view.ts';

/** What is told to the audit channel and, of the policy, to the owners. */
export type Announcement =
  | {
      readonly kind: 'operation';
      readonly operation: OperationFacts & { readonly memberId: string | null };
      /** Username of the account concerned, where it is known. */
      readonly username: string | null;
      /** In the unit of the operation's `delta`. */
      readonly balance: { readonly before: bigint; readonly after: bigint } | null;
    }
  | {
      readonly kind: 'policy';
      readonly action: 'policy.grant' | 'policy.revoke';
      readonly actorId: string;
      readonly grant: GrantFacts;
    };

const TONES = {
  succeeded: 'neutral',
  failed: 'bad',
  unknown: 'info',
  pending: 'info',
  awaiting_approval: 'info',
} as const satisfies Readonly<Record<OperationFacts['state'], Tone>>;

/** One line: who did what to whom, and how it ended. Nothing personal. */
export function announcementView(announcement: Announcement): View<'masked'> {
  if (announcement.kind === 'operation') {
    return {
      visibility: 'masked',
      tone: TONES[announcement.operation.state],
      blocks: [paragraph(operationWords(announcement))],
    };
  }
  const { action, grant, actorId } = announcement;
  const words = join([actorWords(actorId), grantLine(action === 'policy.grant' ? 'granted' : 'revoked', grant)]);
  return { visibility: 'masked', tone: 'info', blocks: [paragraph(words)] };
}

function operationWords({ operation, username, balance }: Extract<Announcement, { kind: 'operation' }>): Text {
  const { actorId, verb, delta, reason, number, state, memberId } = operation;
  const deed = deedWords(verb, delta);
  return join([
    numberWords(number),
    actorWords(actorId),
    state === 'failed' ? text`~~${deed}~~` : text`**${deed}**`,
    stateWords[state],
    username === null ? null : untrusted(username, 60),
    memberId === null ? null : mention(memberId),
    balance === null || delta === null ? null : moveWords(balance, delta.unit),
    reason === null || reason === '' ? null : untrusted(reason, 300),
  ]);
}

function moveWords({ before, after }: { before: bigint; after: bigint }, unit: Unit): Text {
  return text`${amount({ minor: before, unit })} → ${amount({ minor: after, unit })}`;
}
