import { checklistWords } from '../locales/en/checklist.ts';
import { type Text, text } from '../locales/text.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

export interface Checklist {
  readonly auditChannel: boolean;
  readonly staffChannel: boolean;
  readonly panels: readonly { readonly label: string; readonly reached: boolean }[];
  readonly linked: boolean;
}

/** What an owner meets while nothing is granted to anyone: each line done, or with its mend. */
export function checklistView(list: Checklist): View<'private'> {
  const { grants, auditChannel, staffChannel, linked } = checklistWords;
  const channelsLeft = !list.auditChannel || !list.staffChannel;
  return {
    visibility: 'private',
    tone: 'info',
    blocks: [
      paragraph(lines([heading(checklistWords.title), checklistWords.owner])),
      paragraph(
        lines([
          item(false, grants),
          item(list.auditChannel, auditChannel),
          item(list.staffChannel, staffChannel),
          ...list.panels.slice(0, 10).map(panelItem),
          item(list.linked, linked),
        ]),
      ),
      ...buttonRows([
        button(checklistWords.grant, run('policy grant', {}, 'form'), 'primary'),
        ...(channelsLeft ? [button(checklistWords.channels, run('settings channels', {}, 'form'))] : []),
      ]),
    ],
  };
}

function panelItem({ label, reached }: Checklist['panels'][number]): Text {
  if (reached) return item(true, [checklistWords.panelReached(label), text``]);
  return item(false, [checklistWords.panelMissed(label), checklistWords.panelProblem]);
}

function item(done: boolean, [what, mend]: readonly [Text, Text]): Text {
  const mark = (done ? checklistWords.done : checklistWords.open) as Text;
  return done ? text`${mark} ${what}` : lines([text`${mark} ${what}`, subtext(mend)]);
}
