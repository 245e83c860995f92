/** Opens another sample person's view beside one's own. */
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { Menu } from '../menus/menu.tsx';
import { Overlay } from '../menus/overlay.tsx';
import { useWorld } from '../session.tsx';
import { useStage } from '../stage.ts';

export function WatchButton() {
  const world = useWorld();
  const stage = useStage();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const others = world.people.filter(({ user }) => user.id !== world.me.id);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tool-button"
        aria-label="Watch as…"
        title="See another person's view beside yours"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="split" />
        <span>Watch as…</span>
      </button>
      {isOpen && button.current && (
        <Overlay anchor={button.current} class="menu-overlay" onClose={() => setIsOpen(false)}>
          <Menu
            label="Watch as"
            entries={others.map(({ user, about }) => ({
              type: 'action',
              label: user.global_name ?? user.username,
              detail: about,
              run: () => stage.watch(user.id),
            }))}
            onDone={() => setIsOpen(false)}
          />
        </Overlay>
      )}
    </>
  );
}
