import { headWords } from '../locales/en/audit.ts';
import type { CardFacts } from './approval-card.ts';
import { auditLine, type PolicyChange, policyLine } from './audit-line.ts';
import { cardView, reminderView } from './card-notice.ts';
import { memberNoticeView } from './member-notice.ts';
import { paragraph } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import { requesterNoticeView } from './requester-notice.ts';
import type { View } from './view.ts';

/** Whatever is said to channels and people without having been asked for. */
export type Announcement =
  | { readonly kind: 'operation'; readonly record: RecordFacts; readonly undoUntil: Date | null }
  | ({ readonly kind: 'card' } & CardFacts)
  | ({ readonly kind: 'reminder' } & Omit<CardFacts, 'balance'>)
  | { readonly kind: 'member'; readonly record: RecordFacts; readonly left: 'day' | 'hour' | null }
  | { readonly kind: 'requester'; readonly record: RecordFacts; readonly unreached?: boolean }
  | ({ readonly kind: 'policy' } & PolicyChange)
  | { readonly kind: 'head'; readonly position: number; readonly seal: string };

export function announcementView(announcement: Announcement, now: Date): View {
  switch (announcement.kind) {
    case 'operation':
      return auditLine(announcement.record, {
        mayBeUndone: announcement.undoUntil !== null && announcement.undoUntil > now,
      });
    case 'card':
      return cardView(announcement);
    case 'reminder':
      return reminderView(announcement);
    case 'member':
      return memberNoticeView(announcement.record, announcement.left);
    case 'requester':
      return requesterNoticeView(announcement.record, announcement.unreached);
    case 'policy':
      return policyLine(announcement);
    case 'head':
      return {
        visibility: 'masked',
        tone: 'neutral',
        blocks: [paragraph(headWords(announcement.position, announcement.seal))],
      };
  }
}
