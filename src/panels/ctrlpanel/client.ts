import type { z } from 'zod';
import { createHttpClient, type HttpAnswer, type HttpRequest } from '../http/client.ts';
import { type Call, PanelError, type Rate } from '../panel.ts';
import { failureOf, type Writing } from './failures.ts';

/** Anything but a page. */
type Query = Readonly<Record<string, string>>;

export interface Client {
  readonly rate: Rate;
  /** One request as it is answered, whatever the status. */
  ask(call: Call, request: HttpRequest): Promise<HttpAnswer>;
  /** @throws PanelError with effect `none` */
  read<Schema extends z.ZodType>(call: Call, path: string, query: Query, schema: Schema): Promise<z.output<Schema>>;
  /** @throws PanelError with the effect that the failure proves */
  write<Schema extends z.ZodType>(
    call: Call,
    request: HttpRequest & { readonly writing: Writing },
    schema: Schema,
  ): Promise<z.output<Schema>>;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

export function createClient({ token, ...options }: ClientOptions): Client {
  // Without it errors come as pages and redirects.
  const headers = () => ({ accept: 'application/json', authorization: `Bearer ${token}` });
  const http = createHttpClient({ ...options, headers });
  const ask: Client['ask'] = (call, request) => http.send(call, request);

  return {
    rate: http.rate,
    ask,
    async read(call, path, query, schema) {
      const answer = await ask(call, { method: 'GET', path, query });
      const what = `GET ${path}`;
      if (answer.status !== 200) throw failureOf(answer, what, null);
      return parsed(schema, answer, what, 'none');
    },
    async write(call, { writing, ...request }, schema) {
      const answer = await ask(call, request);
      const what = `${request.method} ${request.path}`;
      if (answer.status < 200 || answer.status > 299) throw failureOf(answer, what, writing);
      return parsed(schema, answer, what, 'unknown');
    },
  };
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  answer: HttpAnswer,
  what: string,
  effect: 'none' | 'unknown',
): z.output<Schema> {
  const result = schema.safeParse(answer.json);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join('.')).slice(0, 5);
  throw new PanelError('malformed', effect, `${what} was answered in another form than known, at ${where.join(', ')}`);
}
