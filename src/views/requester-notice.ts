import { numberWords } from '../locales/en/operations.ts';
import { passwordWords } from '../locales/en/password.ts';
import { requesterWords } from '../locales/en/requester-notice.ts';
import { join, text, untrusted } from '../locales/text.ts';
import { titleOfDeed } from './approval-card.ts';
import { endingParts } from './ending.ts';
import { reasonWords } from './operation-line.ts';
import { lines, paragraph, subtext } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import type { View } from './view.ts';

/** What became of what somebody had asked for, once others decided or it was found out; `unreached`: whom it is about could not be told. */
export function requesterNoticeView(record: RecordFacts, unreached = false): View<'private'> {
  const { operation, panel } = record;
  const ending = endingParts(record, record.failureDetail);
  return {
    visibility: 'private',
    tone: unreached
      ? 'warning'
      : operation.state === 'succeeded'
        ? 'good'
        : operation.state === 'failed'
          ? 'warning'
          : 'info',
    blocks: [
      paragraph(
        lines([
          text`${requesterWords[operation.state]} ${titleOfDeed(record)}`,
          ending.length === 0 ? null : join(ending),
          unreached ? passwordWords.unreached(operation.memberId) : null,
          subtext(join([numberWords(operation.number), reasonWords(operation, 200), untrusted(panel.label, 40)])),
        ]),
      ),
    ],
  };
}
