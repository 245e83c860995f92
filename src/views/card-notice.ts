/** The one card of an operation in the channel for approvals: it asks while there is something to ask, and then says how that ended. */
import { approvalWords } from '../locales/en/approvals.ts';
import { standingWords } from '../locales/en/operation-card.ts';
import { numberWords } from '../locales/en/operations.ts';
import { doubtWords } from '../locales/en/settlement.ts';
import { join, untrusted } from '../locales/text.ts';
import { approvalCard, askedFacts, type CardFacts, titleOfDeed } from './approval-card.ts';
import { endingParts } from './ending.ts';
import { facts, heading, lines, noticeView, paragraph, subtext } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import { doubtTitles, settlementCard } from './settlement-card.ts';
import type { Tone, View } from './view.ts';

export function cardView(card: CardFacts): View<'masked'> {
  if (card.record.waiting !== null) return approvalCard(card);
  return card.record.doubt === null ? endedCard(card.record) : settlementCard(card);
}

/** To whoever declined it: who hears of it. */
export function declinedView({ operation }: RecordFacts, declinerId: string): View<'private'> {
  const { number, actorId } = operation;
  const words = actorId === declinerId ? approvalWords.withdrawn(number) : approvalWords.declined(number, actorId);
  return noticeView('neutral', words);
}

/** That it still waits, or what is not known of it; a reply to the card, which has the buttons. */
export function reminderView({ record, alertRoleId }: Omit<CardFacts, 'balance'>): View<'masked'> {
  const { operation, waiting, doubt } = record;
  const what =
    doubt === null
      ? approvalWords.reminder(operation.number, waiting?.until ?? null)
      : join([doubtTitles[doubt.why], numberWords(operation.number)]);
  const { mentioned } = doubt === null ? approvalWords : doubtWords;
  return {
    visibility: 'masked',
    tone: 'warning',
    blocks: [paragraph(lines([what, alertRoleId === null ? null : mentioned(alertRoleId)]))],
  };
}

const TONES: Readonly<Record<RecordFacts['operation']['state'], Tone>> = {
  succeeded: 'good',
  failed: 'neutral',
  unknown: 'info',
  pending: 'info',
  awaiting_approval: 'warning',
};

function endedCard(record: RecordFacts): View<'masked'> {
  const { operation, panel } = record;
  return {
    visibility: 'masked',
    tone: TONES[operation.state],
    blocks: [
      paragraph(
        lines([
          join([standingWords[operation.state], ...endingParts(record), numberWords(operation.number)]),
          heading(titleOfDeed(record)),
        ]),
      ),
      paragraph(facts(askedFacts(record))),
      paragraph(subtext(untrusted(panel.label, 40))),
    ],
  };
}
