import type { PanelDouble } from '../../../sandbox/panels/double.ts';

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** As loosely typed as parsed JSON is; undefined where the body is none. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Asking {
  /** The double's own by default; null for none. */
  readonly token?: string | null;
  readonly accept?: string | null;
  /** As it is sent, in place of JSON made from the body. */
  readonly raw?: string;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** Asks a double with plain fetch; redirects are not followed. */
export async function ask(
  panel: Pick<PanelDouble, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
  { token = panel.token, accept = 'application/json', raw, contentType = 'application/json', signal }: Asking = {},
): Promise<Heard> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(panel.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(accept === null ? {} : { accept }),
      ...(sent === undefined ? {} : { 'content-type': contentType }),
    },
    ...(sent === undefined ? {} : { body: sent }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
