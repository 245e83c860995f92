/** The local Discord's time. Tests move it forward instead of waiting for a token to die. */
export class Clock {
  #skewMs = 0;
  readonly #listeners: (() => void)[] = [];

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#skewMs;
  }

  /** Moves time forward by `durationMs`; everything that is due by then happens before this returns. */
  advance(durationMs: number): void {
    this.#skewMs += durationMs;
    for (const listener of this.#listeners) listener();
  }

  onAdvance(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
