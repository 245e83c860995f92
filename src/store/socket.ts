import { Socket } from 'node:net';

/** Where the driver wants to go. */
interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a socket in the file system, in place of the other two. */
  readonly path?: string;
}

/**
 * Closes as if nothing had been wrong. When a connection breaks, the driver fails what is under way; what it sends between that and the
 * close it fails only where the close tells of no error, and otherwise whoever asked waits for ever.
 *
 * @see https://github.com/porsager/postgres/blob/v3.4.9/src/connection.js `closed`
 */
class DatabaseSocket extends Socket {
  /** For the driver: it names them in its errors, and TLS checks the name. */
  host: string | undefined;
  port: number | undefined;

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    return super.emit(event, ...(event === 'close' ? [false] : values));
  }
}

/** Begins to connect. The driver writes at once, and learns from the socket when that fails. */
export function connectSocket({ host: [host = 'localhost'], port: [port = 5432], path }: Address): Socket {
  const socket = new DatabaseSocket();
  if (path) return socket.connect(path);
  return Object.assign(socket, { host, port }).connect(port, host);
}
