/** A second person's view beside one's own: a conversation, and a menu to go to another. */
import { useRef, useState } from 'preact/hooks';
import { Chat } from './chat.tsx';
import { Icon } from './icons.tsx';
import { Menu } from './menus/menu.tsx';
import { Overlay } from './menus/overlay.tsx';
import { Face } from './people/avatar.tsx';
import { allChannels, channelLabel, displayName } from './selectors.ts';
import { type Observer, useSession, useWorld } from './session.tsx';
import { Skeleton } from './skeleton.tsx';
import { useStage } from './stage.ts';
import { Viewer } from './viewer.tsx';

export function WatchedView({ personId, observer }: { personId: string; observer: Observer }) {
  return (
    <section class="watched-view" aria-label="Watched view">
      <Viewer personId={personId} observer={observer} skeleton={<Skeleton />}>
        <WatchedLayout />
      </Viewer>
    </section>
  );
}

function WatchedLayout() {
  const session = useSession();
  const world = useWorld();
  const stage = useStage();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const name = displayName(world, world.me.id);
  return (
    <>
      <div class="watched-strip">
        <Face name={name} seed={world.me.id} bot={false} size="small" />
        <span>
          Watching as <b dir="auto">{name}</b>
        </span>
        <button
          ref={button}
          type="button"
          class="tool-button"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Go to…
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={`Stop watching as ${name}`}
          onClick={() => stage.watch(null)}
        >
          <Icon name="close" />
        </button>
        {isOpen && button.current && (
          <Overlay anchor={button.current} class="menu-overlay" onClose={() => setIsOpen(false)}>
            <Menu
              label="Channels"
              entries={allChannels(world).map((channel) => ({
                type: 'action',
                label: channelLabel(world, channel),
                run: () => session.goTo(channel.id),
              }))}
              onDone={() => setIsOpen(false)}
            />
          </Overlay>
        )}
      </div>
      <Chat />
    </>
  );
}
