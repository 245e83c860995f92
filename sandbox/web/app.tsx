/** The page: one's own view, the one that is watched beside it, and the keys that switch who one is. */
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { HurtDrawer } from './hurt/hurt-drawer.tsx';
import { OwnView } from './own-view.tsx';
import { firstName } from './selectors.ts';
import { type Stage, StageContext } from './stage.ts';
import type { World } from './state.ts';
import { useTour } from './tour/use-tour.ts';
import { WatchedView } from './watched-view.tsx';

export function App() {
  const tour = useTour();
  const [personId, setPersonId] = useState<string | undefined>();
  const [watchedId, setWatchedId] = useState<string | null>(null);
  /** On a narrow screen the two views are tabs. */
  const [tab, setTab] = useState<'own' | 'watched'>('own');
  const [world, setWorld] = useState<World | null>(null);
  const [hurts, setHurts] = useState(false);

  const stage = useMemo<Stage>(
    () => ({
      become(id) {
        setPersonId(id);
        setTab('own');
        setWatchedId((watched) => (watched === id ? null : watched));
      },
      watch(id) {
        setWatchedId(id);
        setTab(id ? 'watched' : 'own');
      },
      watchedId,
    }),
    [watchedId],
  );

  // Before the page is painted, so that no key falls between what one sees and what listens.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const person = world?.people.find(({ key }) => key === event.key);
      if (person) {
        event.preventDefault();
        stage.become(person.user.id);
      } else if (event.key.length === 1 && event.key !== ' ') {
        document.querySelector<HTMLElement>('.own-view .composer :is(textarea, [data-tail])')?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [world?.people, stage]);

  const nameOf = (id: string | null | undefined) => {
    const person = world?.people.find(({ user }) => user.id === id);
    return person ? firstName(person.user) : '';
  };
  return (
    <StageContext.Provider value={stage}>
      {watchedId && (
        <div class="view-tabs" role="tablist" aria-label="Views">
          <button type="button" role="tab" aria-selected={tab === 'own'} onClick={() => setTab('own')}>
            {nameOf(world?.me.id)}
          </button>
          <button type="button" role="tab" aria-selected={tab === 'watched'} onClick={() => setTab('watched')}>
            {nameOf(watchedId)}
          </button>
        </div>
      )}
      <div class={`views ${watchedId ? `views-split views-${tab}` : ''}`}>
        <OwnView
          key={personId ?? 'first'}
          personId={personId}
          tour={tour}
          hurt={{ isOpen: hurts, toggle: () => setHurts(!hurts) }}
          onWorld={setWorld}
        />
        {watchedId && <WatchedView key={watchedId} personId={watchedId} observer={tour.observer} />}
        {hurts && <HurtDrawer onClose={() => setHurts(false)} />}
      </div>
    </StageContext.Provider>
  );
}

/** Where a field has the caret, every key is its own. */
function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], .overlay')) return true;
  return target instanceof Element && target.matches('input, textarea');
}
