import { auditCheckWords as words } from '../locales/en/audit-check.ts';
import { join, type Text } from '../locales/text.ts';
import { heading, lines, paragraph, subtext } from './parts.ts';
import type { View } from './view.ts';

/** How far the log was sealed, and with what. */
interface HeadFacts {
  readonly position: number;
  readonly seal: string;
}

type ComparedFacts = HeadFacts &
  ({ readonly from: 'given' } | { readonly from: 'channel' | 'database'; readonly at: Date });

interface ClaimedFacts {
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly operation: number | null;
}

type FaultFacts = { readonly position: number } & (
  | { readonly kind: 'changed' | 'personal_changed' | 'inserted'; readonly row: ClaimedFacts }
  | { readonly kind: 'removed'; readonly count: number; readonly sealedAt: Date | null }
  | { readonly kind: 'cut_off'; readonly head: ComparedFacts }
);

export interface VerdictFacts {
  readonly fault: FaultFacts | null;
  readonly sealed: number;
  readonly since: Date | null;
  readonly head: HeadFacts | null;
  readonly compared: readonly ComparedFacts[];
  readonly unsealed: number;
}

/** What a check of the audit log has shown: all is as it was sealed, or the first place where it is not. */
export function auditCheckView(verdict: VerdictFacts): View<'private'> {
  return verdict.fault ? brokenView(verdict, verdict.fault) : wholeView(verdict);
}

function wholeView({ sealed, since, head, compared, unsealed }: VerdictFacts): View<'private'> {
  if (!head || !since) {
    return { visibility: 'private', tone: 'neutral', blocks: [paragraph(words.empty)] };
  }
  const leads = compared.length === 0 ? [words.uncompared] : compared.map(comparedWords);
  return {
    visibility: 'private',
    tone: 'good',
    blocks: [
      paragraph(lines([heading(words.whole), words.rows(sealed, since), ...leads])),
      paragraph(words.keep(head.position, head.seal)),
      ...(unsealed === 0 ? [] : [paragraph(subtext(words.unsealed(unsealed)))]),
    ],
  };
}

function brokenView({ sealed }: VerdictFacts, fault: FaultFacts): View<'private'> {
  return {
    visibility: 'private',
    tone: 'bad',
    blocks: [
      paragraph(lines([heading(words.broken), ...faultWords(fault, sealed)])),
      paragraph(subtext(join([certainWords(fault, sealed), words.next], ' '))),
    ],
  };
}

function faultWords(fault: FaultFacts, sealed: number): readonly Text[] {
  const { position } = fault;
  switch (fault.kind) {
    case 'changed':
      return [words.changed(position, fault.row.at), claimedWords(fault.row), subtext(words.orTakenOut)];
    case 'personal_changed':
      return [words.personalChanged(position, fault.row.at), claimedWords(fault.row)];
    case 'inserted':
      return [words.inserted(position, fault.row.at), claimedWords(fault.row)];
    case 'removed':
      if (fault.count > 1) return [words.removedSeveral(position, position + fault.count - 1)];
      return [words.removed(position, fault.sealedAt)];
    case 'cut_off':
      return [
        isShorter(fault.head, sealed) ? words.cutOff(sealed, fault.head.position) : words.grownAgain(position),
        againstWords(fault.head),
      ];
  }
}

/** What can still be said of the rows before a fault; of what has grown again behind a cut, nothing. */
function certainWords(fault: FaultFacts, sealed: number): Text | null {
  if (fault.kind === 'cut_off' && !isShorter(fault.head, sealed)) return null;
  const certain = fault.kind === 'inserted' ? fault.position : sealed;
  return certain === 0 ? null : words.stillWhole(certain);
}

const isShorter = (head: HeadFacts, sealed: number): boolean => sealed < head.position;

function claimedWords({ actorId, action, operation }: ClaimedFacts): Text {
  return words.says(actorId, action, operation);
}

function comparedWords(head: ComparedFacts): Text {
  return head.from === 'given'
    ? words.compared.given(head.position)
    : words.compared[head.from](head.position, head.at);
}

function againstWords(head: ComparedFacts): Text {
  return head.from === 'given' ? words.against.given : words.against[head.from](head.at);
}
