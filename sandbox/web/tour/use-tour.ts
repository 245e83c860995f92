/** The tour's progress, remembered in this browser. */
import { useCallback, useMemo, useState } from 'preact/hooks';
import { recall, remember } from '../memory.ts';
import type { Observer } from '../session.tsx';
import { afterEvent, afterRequest, currentStep, type StepId, stepIds, type TourState, tourStart } from './tour.ts';

export interface Tour {
  done: StepId[];
  current: StepId | null;
  isOpen: boolean;
  setOpen(open: boolean): void;
  restart(): void;
  observer: Observer;
}

export function useTour(): Tour {
  const [state, setState] = useState<TourState>(() => ({ ...tourStart, done: rememberedSteps() }));
  const [isOpen, setIsOpen] = useState(() => recall('tour-open') !== 'no');
  const setOpen = useCallback((open: boolean) => {
    remember('tour-open', open ? 'yes' : 'no');
    setIsOpen(open);
  }, []);
  const change = useCallback((next: (tour: TourState) => TourState) => {
    setState((tour) => {
      const changed = next(tour);
      if (changed.done !== tour.done) remember('tour-done', changed.done.join(' '));
      return changed;
    });
  }, []);
  const observer = useMemo<Observer>(
    () => ({
      onRequest: (world, request, label) => change((tour) => afterRequest(tour, world, request, label)),
      onEvent: (world, event) => change((tour) => afterEvent(tour, world, event)),
    }),
    [],
  );
  return {
    done: state.done,
    current: currentStep(state),
    isOpen,
    setOpen,
    restart: () => change(() => tourStart),
    observer,
  };
}

function rememberedSteps(): StepId[] {
  const words = (recall('tour-done') ?? '').split(' ');
  return stepIds.filter((id) => words.includes(id));
}
