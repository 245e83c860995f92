import type { RunningPanel } from '../start/panels.ts';
import type { HurtView } from './protocol.ts';

/** A button for each panel that can be stopped and started again. */
export class PanelStops {
  readonly #panels: ReadonlyMap<string, RunningPanel>;
  /** What was last done to those that anything was done to. */
  readonly #states = new Map<string, 'stopped' | 'started'>();
  readonly #onChange: () => void;

  constructor(panels: readonly RunningPanel[], onChange: () => void) {
    this.#panels = new Map(panels.map((panel) => [`panel-${panel.id}`, panel]));
    this.#onChange = onChange;
  }

  get views(): readonly HurtView[] {
    return [...this.#panels].map(([id, { label }]) => {
      const state = this.#states.get(id);
      if (state === 'stopped')
        return {
          id,
          title: `Start ${label}`,
          will: 'The panel answers again, with what it had.',
          phase: 'over',
          says: 'Stopped: connections are refused.',
        };
      return {
        id,
        title: `Stop ${label}`,
        will: 'The panel refuses connections until it is started again.',
        phase: state ? 'over' : 'ready',
        says: state ? 'Started again.' : null,
      };
    });
  }

  has(id: string): boolean {
    return this.#panels.has(id);
  }

  async press(id: string): Promise<void> {
    const isStopped = this.#states.get(id) === 'stopped';
    const double = this.#panels.get(id)?.double;
    await (isStopped ? double?.comeBack() : double?.goDown());
    this.#states.set(id, isStopped ? 'started' : 'stopped');
    this.#onChange();
  }
}
