/** One REST request of the bot and how it ended. */
export interface JournalEntry {
  method: string;
  /** The route's pattern, such as `/channels/:channelId/messages`; the path itself where no route was found. */
  route: string;
  path: string;
  status: number;
  /** The JSON that the bot sent, null without one. */
  readonly body: unknown;
  /** Milliseconds since the Unix epoch. */
  at: number;
}

/** A request that Discord would have refused as the bot's own fault. */
export interface Violation {
  method: string;
  route: string;
  code: number;
  message: string;
  /** Where in the body, where that is known: `components.0.custom_id: …`. */
  details: string[];
  at: number;
}

/** A list that forgets its oldest entries. */
export class BoundedList<Entry> {
  readonly #limit: number;
  #entries: Entry[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    // Cutting at twice the limit keeps adding cheap.
    if (this.#entries.length >= 2 * this.#limit) this.#entries = this.#entries.slice(-this.#limit);
  }

  /** The newest entries, oldest first. */
  list(): Entry[] {
    return this.#entries.slice(-this.#limit);
  }

  clear(): void {
    this.#entries = [];
  }
}
