/** First moment a Discord id can carry (https://discord.com/developers/docs/reference#snowflakes). */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const COUNTER_BITS = 22n;

/** The id that was made at `atMs` as the `sequence`th of that millisecond. */
export function snowflakeAt(atMs: number, sequence = 0): string {
  return (((BigInt(Math.floor(atMs)) - DISCORD_EPOCH_MS) << COUNTER_BITS) | BigInt(sequence)).toString();
}

/** Milliseconds since the Unix epoch at which `id` was made. */
export function snowflakeTimeMs(id: string): number {
  return Number((BigInt(id) >> COUNTER_BITS) + DISCORD_EPOCH_MS);
}

/** Makes ids that are unique, ordered, and carry the time at which they were made. */
export class SnowflakeSource {
  readonly #now: () => number;
  #lastMs = 0;
  #sequence = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const nowMs = this.#now();
    if (nowMs > this.#lastMs) {
      this.#lastMs = nowMs;
      this.#sequence = 0;
    } else {
      this.#sequence += 1;
    }
    return snowflakeAt(this.#lastMs, this.#sequence);
  }
}
