import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from this machine's own programs and pages. A web page elsewhere can make a browser send
 * requests to loopback, but cannot hide its Origin; and a name that was rebound to loopback shows in Host.
 */
export function isFromHere({ headers }: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (headers.host === undefined || !hosts.includes(headers.host.toLowerCase())) return false;
  return headers.origin === undefined || hosts.some((host) => headers.origin?.toLowerCase() === `http://${host}`);
}
