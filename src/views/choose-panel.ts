import { pageWords } from '../locales/en/pages.ts';
import { plain } from '../locales/text.ts';
import { button, buttonRows, paragraph, run } from './parts.ts';
import type { Invocation, OptionValues, View } from './view.ts';

/** In which panel? Each button goes on with that one, by its form unless another answer is named. */
export function choosePanelView(
  command: string,
  options: OptionValues,
  panels: readonly { readonly id: string; readonly label: string }[],
  answer: Invocation['answer'] = 'form',
): View<'private'> {
  const choice = ({ id, label }: { id: string; label: string }) =>
    button(plain(label, 60), run(command, { ...options, panel: id }, answer));
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [paragraph(pageWords.createWhere), ...buttonRows(panels.slice(0, 20).map(choice))],
  };
}

/** Which of one's own accounts? They are told apart by their panels. */
export function chooseOwnView(
  command: string,
  accounts: readonly { readonly account: string; readonly label: string }[],
): View<'private'> {
  const choice = ({ account, label }: { account: string; label: string }) =>
    button(plain(label, 60), run(command, { account }));
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [paragraph(pageWords.choosePanel), ...buttonRows(accounts.slice(0, 20).map(choice))],
  };
}
