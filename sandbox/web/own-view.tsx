/** One's own view: the dock, the channels, a conversation, and the members and the tour beside it. */
import { useEffect, useState } from 'preact/hooks';
import { Sidebar } from './channels/sidebar.tsx';
import { Chat } from './chat.tsx';
import { HurtButton } from './hurt/hurt-button.tsx';
import { Icon } from './icons.tsx';
import { Dock } from './people/dock.tsx';
import { MemberList } from './people/member-list.tsx';
import { WatchButton } from './people/watch-button.tsx';
import { useSession, useWorld } from './session.tsx';
import { PageSkeleton } from './skeleton.tsx';
import { useStage } from './stage.ts';
import type { World } from './state.ts';
import { TourCard } from './tour/tour-card.tsx';
import type { Tour } from './tour/use-tour.ts';
import { useMedia } from './use-media.ts';
import { Viewer } from './viewer.tsx';

interface OwnViewProps {
  personId: string | undefined;
  tour: Tour;
  /** The drawer *Make it hurt*, which takes the room beside the conversation. */
  hurt: { isOpen: boolean; toggle(): void };
  onWorld(world: World): void;
}

export function OwnView({ personId, tour, hurt, onWorld }: OwnViewProps) {
  return (
    <Viewer personId={personId} observer={tour.observer} onWorld={onWorld} skeleton={<PageSkeleton />}>
      <OwnLayout tour={tour} hurt={hurt} />
    </Viewer>
  );
}

function OwnLayout({ tour, hurt }: Pick<OwnViewProps, 'tour' | 'hurt'>) {
  const session = useSession();
  const world = useWorld();
  const stage = useStage();
  const isWide = useMedia('(min-width: 1180px)');
  const isNarrow = useMedia('(max-width: 760px)');
  const [showsMembers, setShowsMembers] = useState<boolean | null>(null);
  const [showsDrawer, setShowsDrawer] = useState(false);
  const hasRoom = isWide && stage.watchedId === null && !hurt.isOpen;
  const inGuild = world.guild?.channels.some(({ id }) => id === session.channelId) ?? false;
  const members = inGuild && (showsMembers ?? hasRoom);
  const closeDrawer = () => setShowsDrawer(false);
  // In the hand the members cover the conversation; what one does with one of them is answered there.
  const started = session.state.interactions.length;
  useEffect(() => {
    if (isNarrow) setShowsMembers(null);
  }, [isNarrow, started, session.channelId]);
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
            <HurtButton isOpen={hurt.isOpen} onClick={hurt.toggle} />
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
