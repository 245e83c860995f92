/** The card of five steps beside the conversation. */
import { Icon } from '../icons.tsx';
import type { World } from '../state.ts';
import { stepTexts } from './steps.ts';
import { castOf, stepIds } from './tour.ts';
import type { Tour } from './use-tour.ts';

export function TourCard({ tour, world }: { tour: Tour; world: World }) {
  const cast = castOf(world);
  if (!cast || !tour.isOpen) return null;
  const keyOf = (id: string) => world.people.find(({ user }) => user.id === id)?.key ?? '';
  const texts = stepTexts({ mira: keyOf(cast.mira), alex: keyOf(cast.alex) });
  const isFinished = tour.current === null;
  return (
    <aside class="tour" aria-label="Tour">
      <header>
        <Icon name="compass" />
        <h2>{isFinished ? 'You have seen it work' : 'Five steps with Steward'}</h2>
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
      <div
        class="tour-progress"
        role="progressbar"
        aria-label="Steps done"
        aria-valuemin={0}
        aria-valuemax={5}
        aria-valuenow={tour.done.length}
      >
        {stepIds.map((id) => (
          <i key={id} class={tour.done.includes(id) ? 'done' : ''} />
        ))}
      </div>
      <ol>
        {stepIds.map((id, index) => {
          const isDone = tour.done.includes(id);
          const isCurrent = tour.current === id;
          const { title, body, hint } = texts[id];
          return (
            <li
              key={id}
              class={`${isDone ? 'done' : ''} ${isCurrent ? 'current' : ''}`}
              aria-current={isCurrent ? 'step' : undefined}
            >
              <span class="tour-mark" aria-hidden="true">
                {isDone ? <Icon name="check" /> : index + 1}
              </span>
              <div>
                <h3>
                  {title}
                  {isDone && <span class="visually-hidden"> (done)</span>}
                </h3>
                {isCurrent && <p>{body}</p>}
                {isCurrent && <p class="tour-hint">{hint}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      {isFinished && (
        <p class="quiet">Everything you did stands in the audit channel. Go on as you like: nothing here can break.</p>
      )}
    </aside>
  );
}
