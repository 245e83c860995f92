/** The card of five steps: whole beside the conversation, or its present step above it where there is little room. */
import { Icon } from '../icons.tsx';
import type { World } from '../state.ts';
import { useMedia } from '../use-media.ts';
import { type StepText, stepTexts } from './steps.ts';
import { castOf, type StepId, stepIds } from './tour.ts';
import type { Tour } from './use-tour.ts';

interface TourCardProps {
  tour: Tour;
  world: World;
  compact?: boolean;
}

export function TourCard({ tour, world, compact }: TourCardProps) {
  const cast = castOf(world);
  if (!cast || !tour.isOpen) return null;
  const keyOf = (id: string) => world.people.find(({ user }) => user.id === id)?.key ?? '';
  const texts = stepTexts({ mira: keyOf(cast.mira), alex: keyOf(cast.alex) });
  const shown = compact ? stepIds.filter((id) => id === tour.current) : stepIds;
  return (
    <aside class={`tour ${compact ? 'tour-compact' : ''}`} aria-label="Tour">
      <header>
        <Icon name="compass" />
        <h2>{tour.current ? 'Five steps' : 'All five done'}</h2>
        <Progress done={tour.done} />
        <button type="button" class="icon-button" aria-label="Restart the tour" title="Restart" onClick={tour.restart}>
          <Icon name="restart" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the tour"
          title="Close"
          onClick={() => tour.setOpen(false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <ol>
        {shown.map((id) => (
          <Step key={id} id={id} text={texts[id]} tour={tour} />
        ))}
      </ol>
      {!tour.current && (
        <p class="quiet">
          What you changed stands in #staff-audit, a line each. Go on as you like: nothing here can break.
        </p>
      )}
    </aside>
  );
}

function Progress({ done }: { done: StepId[] }) {
  return (
    <div
      class="tour-progress"
      role="progressbar"
      aria-label="Steps done"
      aria-valuemin={0}
      aria-valuemax={stepIds.length}
      aria-valuenow={done.length}
    >
      {stepIds.map((id) => (
        <i key={id} class={done.includes(id) ? 'done' : ''} />
      ))}
    </div>
  );
}

function Step({ id, text, tour }: { id: StepId; text: StepText; tour: Tour }) {
  const touches = useMedia('(pointer: coarse)');
  const hint = touches ? text.touch : text.keys;
  const isDone = tour.done.includes(id);
  const isCurrent = tour.current === id;
  return (
    <li class={`${isDone ? 'done' : ''} ${isCurrent ? 'current' : ''}`} aria-current={isCurrent ? 'step' : undefined}>
      <span class="tour-mark" aria-hidden="true">
        {isDone ? <Icon name="check" /> : stepIds.indexOf(id) + 1}
      </span>
      <div>
        <h3>
          {text.title}
          {isDone && <span class="visually-hidden"> (done)</span>}
        </h3>
        {isCurrent && <p>{text.body}</p>}
        {isCurrent && hint && <p class="tour-hint">{hint}</p>}
      </div>
    </li>
  );
}
