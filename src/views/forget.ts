import { forgetWords as words } from '../locales/en/forget.ts';
import { button, buttonRows, heading, lines, noticeView, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** What would be forgotten and what would not, before anything is. */
export function forgetView(): View<'private'> {
  return {
    visibility: 'private',
    tone: 'warning',
    blocks: [
      paragraph(lines([heading(words.title), words.goes, ...words.going])),
      paragraph(lines([words.stays, ...words.staying])),
      paragraph(subtext(words.next)),
      ...buttonRows([
        button(words.button, { ...run('account forget-confirmed', {}, 'update'), once: 'forget' }, 'danger'),
        button(words.leave, { ...run('leave', {}, 'update'), once: 'forget' }),
      ]),
    ],
  };
}

export function forgottenView(forgotten: {
  readonly rows: number;
  readonly operations: number;
  readonly later: number;
}): View<'private'> {
  const { rows, operations, later } = forgotten;
  return noticeView('good', lines([words.done(rows, operations), later === 0 ? null : words.later(later)]));
}
