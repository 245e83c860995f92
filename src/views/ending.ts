/** How an operation came to stand as it does, as the parts of a line. */
import { approvalWords } from '../locales/en/approvals.ts';
import { panelFailureWords } from '../locales/en/refusals.ts';
import { linkWords, settledWords } from '../locales/en/settlement.ts';
import { join, mention, type Text } from '../locales/text.ts';
import type { RecordFacts } from './record-facts.ts';

/**
 * Who approved it, why it did not happen or how that was found out, and what has become of it since.
 *
 * @param detail What the panel said of a failure, for one reader alone: it may name somebody. Null where everybody reads.
 */
export function endingParts(record: RecordFacts, detail: string | null = null): readonly Text[] {
  return [approved(record), reason(record, detail), ...since(record)].filter((part) => part !== null);
}

/** It changed something, and that has been taken back. */
export function isTakenBack({ linked }: Pick<RecordFacts, 'linked'>): boolean {
  return linked.some(({ link, state }) => link?.kind === 'undo' && state === 'succeeded');
}

function approved({ decisions }: RecordFacts): Text | null {
  const approvers = decisions.filter(({ decision }) => decision === 'approved').map(({ userId }) => mention(userId));
  return approvers.length === 0 ? null : approvalWords.approvedBy(join(approvers, ', '));
}

function reason(record: RecordFacts, detail: string | null): Text | null {
  const { failure, settledBy, panel } = record;
  if (failure === 'declined') return declined(record);
  if (failure === 'not_approved') return approvalWords.notInTime;
  if (settledBy !== null) return settled(record);
  if (failure === null || failure === 'internal' || failure === 'did_not_happen') return null;
  return record.operation.state === 'failed' ? panelFailureWords(failure, panel.label, detail) : null;
}

function declined({ decisions }: RecordFacts): Text | null {
  const no = decisions.find(({ decision }) => decision === 'declined');
  return no ? approvalWords.declinedBy(no.userId, no.reason) : null;
}

function settled({ operation, settlerId }: RecordFacts): Text {
  const what = operation.state === 'succeeded' ? settledWords.happened : settledWords.not;
  return settlerId === null ? what : settledWords.by(what, settlerId);
}

/** So much of what has become of it since is told, the latest. */
const LATEST = 3;

function since({ linked }: RecordFacts): readonly (Text | null)[] {
  return linked
    .filter(({ state }) => state === 'succeeded')
    .slice(-LATEST)
    .map(({ link, actorId, number }) => {
      if (link?.kind === 'undo') return linkWords.takenBack(actorId, number);
      return link?.kind === 'end' ? linkWords.ended(number) : link ? linkWords.corrected(number) : null;
    });
}
