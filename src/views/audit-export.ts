import { auditExportWords as words } from '../locales/en/audit-export.ts';
import { lines, noticeView, paragraph, subtext } from './parts.ts';
import type { View, ViewFile } from './view.ts';

export interface ExportFacts {
  readonly rows: number;
  readonly files: readonly ViewFile[];
  readonly from: string;
  readonly to: string;
  readonly personal: boolean;
}

/** The audit log of some days, as files. */
export function auditExportView({ rows, files, from, to, personal }: ExportFacts): View<'private'> {
  if (rows === 0) return noticeView('neutral', words.empty(from, to));
  return {
    visibility: 'private',
    tone: personal ? 'warning' : 'neutral',
    blocks: [
      paragraph(lines([words.exported(rows, from, to), personal ? words.personal : null, subtext(words.recorded)])),
    ],
    files,
  };
}
