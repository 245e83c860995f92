import { passwordWords } from '../locales/en/password.ts';
import { button, buttonRows, run } from './parts.ts';
import type { Block, Button } from './view.ts';

/** With it the member whose account it is looks at the new password that an operation has given it. */
export function showMine(operation: number): Button {
  return button(passwordWords.showMine, run('account password', { operation }), 'primary');
}

/** The same button by itself. */
export function showMineRow(operation: number): readonly Block[] {
  return buttonRows([showMine(operation)]);
}
