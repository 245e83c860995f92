/** The benchmark's handle on the process of a panel. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('panel-process.ts', import.meta.url));
/** A million accounts take more than Node gives itself. */
const HEAP = '--max-old-space-size=8192';

export class RemotePanel implements AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, { url, token }: { readonly url: string; readonly token: string }) {
    this.#process = process;
    this.url = url;
    this.token = token;
  }

  static async start(accounts: number, requestsPerMinute: number | null = null): Promise<RemotePanel> {
    const args = [String(accounts), ...(requestsPerMinute === null ? [] : [String(requestsPerMinute)])];
    const process = fork(PROGRAM, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [HEAP] });
    const gone = once(process, 'exit').then(() => Promise.reject(new Error('The panel of the benchmark has ended.')));
    const [address] = await Promise.race([once(process, 'message'), gone]);
    gone.catch(() => undefined);
    return new RemotePanel(process, address as { url: string; token: string });
  }

  /** The search of its own list. @returns the status */
  async search(typed: string): Promise<number> {
    const query = new URLSearchParams({ 'filter[name]': typed, per_page: '25' });
    const headers = { authorization: `Bearer ${this.token}`, accept: 'application/json' };
    const response = await fetch(`${this.url}/api/users?${query}`, { headers });
    await response.arrayBuffer();
    return response.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }
}
