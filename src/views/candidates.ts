import { pageWords } from '../locales/en/pages.ts';
import { type AccountChoice, accountSelect } from './list.ts';
import { paragraph, run } from './parts.ts';
import type { Invocation, OptionValues, View } from './view.ts';

/** More than one account is meant: picking one runs the same command for it, with the options given so far. */
export function candidatesView(asked: {
  readonly command: string;
  /** Without those that named the account. */
  readonly options: OptionValues;
  readonly answer: Invocation['answer'];
  readonly accounts: readonly AccountChoice[];
}): View<'private'> {
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(pageWords.chooseAccount),
      accountSelect(asked.accounts, pageWords.choose, run(asked.command, asked.options, asked.answer)),
    ],
  };
}
