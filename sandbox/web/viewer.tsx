/** One person's whole view: the main one with channels and members, or the smaller one that is watched beside it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Sidebar } from './channels/sidebar.tsx';
import { Chat } from './chat.tsx';
import { FormDialog } from './forms/form-dialog.tsx';
import { Icon } from './icons.tsx';
import { Menu } from './menus/menu.tsx';
import { Overlay } from './menus/overlay.tsx';
import { Face } from './people/avatar.tsx';
import { Dock } from './people/dock.tsx';
import { MemberList } from './people/member-list.tsx';
import { UserMenus } from './people/user-menus.tsx';
import { allChannels, channelLabel, displayName } from './selectors.ts';
import { type Observer, SessionProvider, useLiveSession, useSession, useWorld } from './session.tsx';
import { PageSkeleton, Skeleton } from './skeleton.tsx';
import { useStage } from './stage.ts';
import type { World } from './state.ts';
import { TourCard } from './tour/tour-card.tsx';
import type { Tour } from './tour/use-tour.ts';
import { useMedia } from './use-media.ts';

interface ViewerProps {
  personId: string | undefined;
  observer: Observer;
  onWorld?(world: World): void;
  /** Drawn until the world has arrived. */
  skeleton: ComponentChildren;
  children: ComponentChildren;
}

function Viewer({ personId, observer, onWorld, skeleton, children }: ViewerProps) {
  const session = useLiveSession(personId, observer);
  const { world, form } = session.state;
  useEffect(() => {
    if (world) onWorld?.(world);
  }, [world]);
  return (
    <SessionProvider value={session}>
      {world ? <UserMenus>{children}</UserMenus> : skeleton}
      {world && form && <FormDialog key={form.formId} open={form} />}
    </SessionProvider>
  );
}

interface OwnViewProps {
  personId: string | undefined;
  tour: Tour;
  onWorld(world: World): void;
}

export function OwnView({ personId, tour, onWorld }: OwnViewProps) {
  return (
    <Viewer personId={personId} observer={tour.observer} onWorld={onWorld} skeleton={<PageSkeleton />}>
      <OwnLayout tour={tour} />
    </Viewer>
  );
}

function OwnLayout({ tour }: { tour: Tour }) {
  const session = useSession();
  const world = useWorld();
  const stage = useStage();
  const isWide = useMedia('(min-width: 1180px)');
  const isNarrow = useMedia('(max-width: 760px)');
  const [showsMembers, setShowsMembers] = useState<boolean | null>(null);
  const [showsDrawer, setShowsDrawer] = useState(false);
  const hasRoom = isWide && stage.watchedId === null;
  const inGuild = world.guild?.channels.some(({ id }) => id === session.channelId) ?? false;
  const members = inGuild && (showsMembers ?? hasRoom);
  const closeDrawer = () => setShowsDrawer(false);
  return (
    <div class="own-view">
      <div class={`left ${showsDrawer ? 'left-open' : ''}`} inert={isNarrow && !showsDrawer}>
        <Dock world={world} />
        <Sidebar onPicked={closeDrawer} />
      </div>
      {showsDrawer && <button type="button" class="scrim" aria-label="Close the channel list" onClick={closeDrawer} />}
      <Chat
        notice={!hasRoom && <TourCard tour={tour} world={world} compact />}
        leading={
          <button
            type="button"
            class="icon-button drawer-button"
            aria-label="Channels"
            onClick={() => setShowsDrawer(true)}
          >
            <Icon name="bars" />
          </button>
        }
        tools={
          <>
            <WatchButton />
            <ToolButton label="Tour" icon="compass" pressed={tour.isOpen} onClick={() => tour.setOpen(!tour.isOpen)} />
            {inGuild && (
              <ToolButton label="Members" icon="people" pressed={members} onClick={() => setShowsMembers(!members)} />
            )}
          </>
        }
      />
      {(members || (hasRoom && tour.isOpen)) && (
        <div class="right">
          {hasRoom && <TourCard tour={tour} world={world} />}
          {members && <MemberList />}
        </div>
      )}
    </div>
  );
}

interface ToolButtonProps {
  label: string;
  icon: 'compass' | 'people';
  pressed: boolean;
  onClick(): void;
}

function ToolButton({ label, icon, pressed, onClick }: ToolButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function WatchButton() {
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
