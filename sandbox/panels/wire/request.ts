import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as the panel's routes see it. */
export interface DoubleRequest {
  readonly method: string;
  /** Decoded, without the base path and the query. */
  readonly path: string;
  /** As it was sent, with its question mark; empty where there is none. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Where the panel believes to be reached: what its links begin with. */
  readonly origin: string;
  readonly at: Date;
}

/** Reads a whole request; null where it is not for the panel's base path. */
export async function readRequest(
  incoming: IncomingMessage,
  basePath: string,
  at: Date,
): Promise<DoubleRequest | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://panel');
  if (basePath !== '' && url.pathname !== basePath && !url.pathname.startsWith(`${basePath}/`)) return null;
  return {
    method: incoming.method ?? 'GET',
    // Laravel passes over slashes at the end.
    path: decoded(url.pathname.slice(basePath.length)).replace(/(.)\/+$/, '$1'),
    search: url.search,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    origin: `http://${incoming.headers.host ?? 'localhost'}${basePath}`,
    at,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The token of `Authorization: Bearer`; null without one. */
export function bearerToken({ headers }: DoubleRequest): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Whether Laravel takes the request for one that wants JSON: only the first accepted type counts. */
export function wantsJson({ headers }: DoubleRequest): boolean {
  const [first = ''] = (headers.accept ?? '').split(',');
  return /[/+]json/i.test(first);
}
