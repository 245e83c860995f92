import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SavedState, State } from './state.ts';

const SAVE_AFTER_MS = 300;
const VERSION = 1;

/** Keeps the world on disk: written soon after each change, at once when closed, and never in half. */
export class SaveFile {
  readonly #path: string;
  readonly #state: State;
  #timer: NodeJS.Timeout | null = null;
  #isOpen = false;

  constructor(path: string, state: State) {
    this.#path = path;
    this.#state = state;
    const changed = () => this.#schedule();
    state.on('messageCreate', changed);
    state.on('messageUpdate', changed);
    state.on('messageDelete', changed);
    state.on('directChannelCreate', changed);
    state.on('memberUpdate', changed);
    state.on('commandsChange', changed);
    state.on('read', changed);
  }

  /** Takes over what an earlier process kept. @param origin where attachments are served this time */
  open(origin: string): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const saved = read(this.#path);
    this.#isOpen = true;
    if (saved === null) return;
    const moved = saved.replaceAll(/http:\/\/127\.0\.0\.1:\d+\/attachments\//g, `${origin}/attachments/`);
    const { version, ...state } = JSON.parse(moved) as SavedState & { version: number };
    if (version !== VERSION) throw new Error(`${this.#path} was written by another version; delete it to start anew.`);
    this.#state.restore(state);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#write();
    this.#isOpen = false;
  }

  #schedule(): void {
    if (!this.#isOpen || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#write(), SAVE_AFTER_MS).unref();
  }

  #write(): void {
    this.#timer = null;
    if (!this.#isOpen) return;
    const draft = `${this.#path}.new`;
    const file = openSync(draft, 'w', 0o600);
    writeSync(file, JSON.stringify({ version: VERSION, ...this.#state.save() }));
    fsyncSync(file);
    closeSync(file);
    // A rename is whole or not at all, so that a kill at any moment leaves the old world or the new one.
    renameSync(draft, this.#path);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
