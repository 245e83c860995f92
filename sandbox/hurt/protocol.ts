/**
 * What the drawer and the sandbox say to each other. Types only: both sides import this file and nothing of each other.
 *
 * `GET /hurt` is an event stream; each event is a whole {@link DrawerView}. `POST /hurt/<id>` presses a button, `DELETE /hurt/<id>`
 * takes it back.
 */

/** All that the drawer shows. */
export interface DrawerView {
  readonly hurts: readonly HurtView[];
  /** Null until they have been read, and without the built-in panel, which alone has one of its own. */
  readonly books: BooksView | null;
}

/** One button. */
export interface HurtView {
  readonly id: string;
  readonly title: string;
  /** What it will do, in one sentence. */
  readonly will: string;
  /** `armed` waits for something to happen to, and can be taken back; `over` and `failed` can be pressed again. */
  readonly phase: 'ready' | 'armed' | 'running' | 'over' | 'failed';
  /** What it waits for, or what happened; null while nothing has. */
  readonly says: string | null;
}

export interface BooksView {
  readonly verdict: Verdict;
  /** The latest movements, newest first. */
  readonly movements: readonly MovementView[];
}

export interface Verdict {
  readonly tone: 'equal' | 'open' | 'different';
  readonly says: string;
}

/** One movement as each of the two books has it; null where it has not. */
export interface MovementView {
  readonly key: string;
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly account: string;
  readonly ledger: {
    /** Number and state of the operation, as in `#1043` and `done`. */
    readonly operation: string;
    readonly state: string;
    /** Null until it is known to have moved anything. */
    readonly amount: string | null;
  } | null;
  readonly journal: { readonly amount: string; readonly before: string; readonly after: string } | null;
}
