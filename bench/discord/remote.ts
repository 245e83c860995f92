/** The benchmark's handle on the process of its local Discord. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Load, LoadResult } from './load.ts';
import type { Address, DiscordEvent, LoadRequest } from './protocol.ts';

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url));

export class RemoteDiscord implements AsyncDisposable {
  readonly address: Address;
  readonly #process: ChildProcess;
  #lastId = 0;

  private constructor(process: ChildProcess, address: Address) {
    this.#process = process;
    this.address = address;
  }

  static async start(): Promise<RemoteDiscord> {
    const process = fork(PROGRAM, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const { address } = await eventOf(process, 'listening');
    return new RemoteDiscord(process, address);
  }

  /** Resolves when the next bot is connected and its commands can be used. */
  async botReady(): Promise<void> {
    await eventOf(this.#process, 'ready');
  }

  async run(load: Load): Promise<LoadResult> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#process.send({ id, load } satisfies LoadRequest);
    const { result } = await eventOf(this.#process, 'result', (event) => event.id === id);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }
}

type EventOf<Type> = Extract<DiscordEvent, { type: Type }>;

function eventOf<Type extends DiscordEvent['type']>(
  process: ChildProcess,
  type: Type,
  isWanted: (event: EventOf<Type>) => boolean = () => true,
): Promise<EventOf<Type>> {
  return new Promise((resolve, reject) => {
    const receive = (event: DiscordEvent) => {
      if (event.type !== type || !isWanted(event as EventOf<Type>)) return;
      stopListening();
      resolve(event as EventOf<Type>);
    };
    const fail = () => {
      stopListening();
      reject(new Error('The local Discord has ended.'));
    };
    const stopListening = () => process.off('message', receive).off('exit', fail);
    process.on('message', receive).on('exit', fail);
  });
}
