import type { IncomingMessage } from 'node:http';

/**
 * Makes the check whether a request comes from this machine's own programs and pages. A web page elsewhere can make a
 * browser send requests to loopback, but cannot hide its Origin; and a name that was rebound to loopback shows in Host.
 */
export function hostGuard(port: number): (request: IncomingMessage) => boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  const origins = hosts.map((host) => `http://${host}`);
  return ({ headers: { host, origin } }) =>
    host !== undefined &&
    hosts.includes(host.toLowerCase()) &&
    (origin === undefined || origins.includes(origin.toLowerCase()));
}
