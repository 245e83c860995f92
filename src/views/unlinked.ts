import { pageWords } from '../locales/en/pages.ts';
import { join, mention, text } from '../locales/text.ts';
import { button, buttonRows, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** A member who is linked to no account, with what this actor may do about it. */
export function unlinkedView(facts: {
  readonly userId: string;
  readonly panel: string | null;
  readonly mayLink: boolean;
  readonly mayCreate: boolean;
}): View<'private'> {
  const options = { member: facts.userId };
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(
        lines([
          join([text`**${mention(facts.userId)}**`, pageWords.notLinked(facts.panel)], ' '),
          subtext(pageWords.nameInstead),
        ]),
      ),
      ...buttonRows([
        ...(facts.mayLink ? [button(pageWords.linkTo, run('link set', options, 'form'), 'primary')] : []),
        ...(facts.mayCreate ? [button(pageWords.createAccount, run('user create', options, 'form'))] : []),
      ]),
    ],
  };
}
