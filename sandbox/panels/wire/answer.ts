import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As PHP encodes it: slashes and everything beyond ASCII are escaped. Takes bigints for the integers they are. */
export function phpJson(value: unknown, { pretty = false }: { readonly pretty?: boolean } = {}): string {
  const MARK = '\u0000int:';
  const text = JSON.stringify(
    value,
    (_key, one: unknown) => (typeof one === 'bigint' ? `${MARK}${one}` : one),
    pretty ? 4 : undefined,
  );
  return text
    .replaceAll(/"\\u0000int:(-?\d+)"/g, '$1')
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function json(
  status: number,
  value: unknown,
  options: { readonly pretty?: boolean; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return { status, headers: { 'content-type': 'application/json', ...options.headers }, body: phpJson(value, options) };
}

export function noContent(): Answer {
  return { status: 204, headers: {}, body: '' };
}

/** A page for people, such as a panel's themed error view. */
export function html(status: number, title: string): Answer {
  const body = `<!DOCTYPE html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body><h1>${status}</h1><p>${title}</p></body>\n</html>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}

export function redirect(location: string): Answer {
  return { ...html(302, 'Redirecting'), headers: { 'content-type': 'text/html; charset=UTF-8', location } };
}

export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }) });
  response.end(body);
}
