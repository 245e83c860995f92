import type { Logger } from 'pino';
import type { Actor } from '../domain/actor.ts';
import type { Panels } from '../panels/panel.ts';
import type { Store } from '../store/connect.ts';
import type { PolicySnapshots } from './policy/snapshot.ts';

/** The time. Tests bring their own. */
export interface Clock {
  now(): Date;
}

/** The parts that every service works with; made once at the start. */
export interface Services {
  readonly store: Store;
  readonly panels: Panels;
  readonly policy: PolicySnapshots;
  readonly clock: Clock;
  readonly log: Logger;
  /** Discord users of rank owner. */
  readonly ownerIds: readonly string[];
  /** Called at every boundary between two steps of an operation, by name. Fault tests stop the process there. */
  readonly at: (point: string) => void | Promise<void>;
}

/** One press that may act only once: inserted with the intent, in one transaction. */
export interface Press {
  readonly key: string;
  readonly group: string;
  readonly interactionId: string;
}

/** One actor's one request. */
export interface Context extends Services {
  readonly actor: Actor;
  /** The interaction that stated the intent. What a confirmation carries out has the origin of what it confirms. */
  readonly origin: string;
  /** Key of the next operation of this request: `<origin>:<n>`. */
  nextKey(): string;
  /** The press that this request consumes, if it acts. */
  readonly press: Press | null;
  /** True when the person has been asked about a likely repeat and went on. */
  readonly confirmed: boolean;
}

export function createContext(
  services: Services,
  request: { actor: Actor; origin: string; press?: Press | null; confirmed?: boolean },
): Context {
  let next = 0;
  return {
    ...services,
    actor: request.actor,
    origin: request.origin,
    nextKey: () => `${request.origin}:${next++}`,
    press: request.press ?? null,
    confirmed: request.confirmed ?? false,
  };
}
