/** Ways to hurt the bot, and below them what it has written and what has happened, side by side. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HurtView } from '../../hurt/protocol.ts';
import { Icon } from '../icons.tsx';
import { Books } from './books.tsx';
import { DRAWER_ID } from './hurt-button.tsx';
import { type Drawer, hurtPath, useDrawer } from './use-drawer.ts';

export function HurtDrawer({ onClose }: { onClose(): void }) {
  const drawer = useDrawer(hurtPath());
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const focusedBefore = document.activeElement;
    const drawn = element.current;
    drawn?.focus();
    return () => {
      if (drawn?.contains(document.activeElement) && focusedBefore instanceof HTMLElement) focusedBefore.focus();
    };
  }, []);
  return (
    <aside
      ref={element}
      id={DRAWER_ID}
      class="hurt"
      aria-label="Make it hurt"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header>
        <Icon name="bolt" />
        <h2>Make it hurt</h2>
        <button type="button" class="icon-button" aria-label="Close the drawer" title="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p class="quiet">
        Break something, then give somebody credits.{drawer.view?.books && ' The two books below must stay equal.'}
      </p>
      {drawer.view && (
        <>
          <ul class="hurt-list">
            {drawer.view.hurts.map((hurt) => (
              <Hurt key={hurt.id} hurt={hurt} drawer={drawer} />
            ))}
          </ul>
          {drawer.view.books && <Books books={drawer.view.books} />}
        </>
      )}
    </aside>
  );
}

function Hurt({ hurt: { id, title, will, phase, says }, drawer }: { hurt: HurtView; drawer: Drawer }) {
  const isArmed = phase === 'armed';
  return (
    <li class={`hurt-item hurt-${phase}`}>
      <button
        type="button"
        class="button"
        aria-pressed={isArmed}
        aria-describedby={`hurt-${id}`}
        disabled={phase === 'running'}
        onClick={() => (isArmed ? drawer.takeBack(id) : drawer.press(id))}
      >
        {title}
      </button>
      <p id={`hurt-${id}`} class="quiet">
        {will}
      </p>
      <p class="hurt-says" role="status">
        {says}
        {isArmed && (
          <button
            type="button"
            class="text-button"
            aria-label={`Take back: ${title}`}
            onClick={() => drawer.takeBack(id)}
          >
            Take back
          </button>
        )}
      </p>
    </li>
  );
}
