/** Opens and closes the drawer. */
import { Icon } from '../icons.tsx';
import { hurtPath } from './use-drawer.ts';

export const DRAWER_ID = 'hurt-drawer';

export function HurtButton({ isOpen, onClick }: { isOpen: boolean; onClick(): void }) {
  if (hurtPath() === '') return null;
  return (
    <button
      type="button"
      class="tool-button"
      aria-label="Make it hurt"
      title="Break something, and see that the books stay equal"
      aria-expanded={isOpen}
      aria-controls={DRAWER_ID}
      onClick={onClick}
    >
      <Icon name="bolt" />
      <span>Make it hurt</span>
    </button>
  );
}
