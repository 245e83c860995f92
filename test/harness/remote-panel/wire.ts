/** Messages over a socket, one to a line, exact for whatever values they hold. */
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

/** What came is no message. */
export class Nonsense extends Error {}

/** The connection ended before a message did. */
export class Disconnected extends Error {}

export interface Wire<Sent, Received> {
  send(message: Sent): void;
  /** @throws Nonsense, Disconnected */
  receive(): Promise<Received>;
}

export function wireOver<Sent, Received>(socket: Socket): Wire<Sent, Received> {
  const lines = linesOf(socket);
  socket.on('error', () => undefined);
  return {
    send: (message) => void socket.write(`${line(message)}\n`),
    async receive() {
      const next = await lines.next();
      if (next.done) throw new Disconnected('the connection has ended');
      try {
        return deserialize(Buffer.from(next.value, 'base64')) as Received;
      } catch {
        throw new Nonsense(next.value);
      }
    },
  };
}

/** Sends what nobody can read. */
export function sendNonsense(socket: Socket): void {
  socket.end('<html><body><h1>It works!</h1></body></html>\n');
}

/** Breaks the connection in the middle of a message. */
export function sendHalf(socket: Socket, message: unknown): void {
  const whole = line(message);
  socket.write(whole.slice(0, whole.length / 2), () => socket.resetAndDestroy());
}

function line(message: unknown): string {
  return serialize(message).toString('base64');
}

/** What comes after the last line end is not whole, and is dropped. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8')) {
      const [first = '', ...others] = (chunk as string).split('\n');
      const whole = [rest + first, ...others];
      rest = whole.pop() ?? '';
      yield* whole;
    }
  } catch {
    // However a connection breaks, nothing more comes.
  }
}
