const WINDOW_MS = 60_000;

/** One caller's place in its window. */
export interface Hit {
  readonly limit: number;
  readonly remaining: number;
  readonly isOver: boolean;
  /** When the window ends, in seconds from now and since the Unix epoch. */
  readonly retryAfterSeconds: number;
  readonly resetSeconds: number;
}

/** A fixed window of a minute from the first request in it, as Laravel's throttle keeps it. */
export class RateLimit {
  readonly #limit: number;
  readonly #windows = new Map<string, { endsAtMs: number; hits: number }>();

  constructor(requestsPerMinute: number) {
    this.#limit = requestsPerMinute;
  }

  hit(caller: string, at: Date): Hit {
    const nowMs = at.getTime();
    const held = this.#windows.get(caller);
    const window = held && held.endsAtMs > nowMs ? held : { endsAtMs: nowMs + WINDOW_MS, hits: 0 };
    this.#windows.set(caller, window);
    const isOver = window.hits >= this.#limit;
    if (!isOver) window.hits += 1;
    return {
      limit: this.#limit,
      remaining: this.#limit - window.hits,
      isOver,
      retryAfterSeconds: Math.ceil((window.endsAtMs - nowMs) / 1_000),
      resetSeconds: Math.ceil(window.endsAtMs / 1_000),
    };
  }
}
