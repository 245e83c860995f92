import type { z } from 'zod';
import { createHttpClient, type HttpAnswer, type HttpRequest } from '../http/client.ts';
import { type Call, PanelError, type Rate } from '../panel.ts';
import { formOf } from './api-types.ts';
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
  /**
   * A deletion, which has nothing to say but that it was done: any other success is that of somebody else.
   *
   * @throws PanelError with the effect that the failure proves
   */
  remove(call: Call, request: { readonly path: string; readonly writing: Writing }): Promise<void>;
}

export interface ClientOptions {
  /** Told of which releases a whole answer about users is. */
  readonly told?: (form: 'old' | 'wrapped') => void;
  readonly baseUrl: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

export function createClient({ token, told, ...options }: ClientOptions): Client {
  // Without it errors come as pages and redirects.
  const headers = () => ({ accept: 'application/json', authorization: `Bearer ${token}` });
  const http = createHttpClient({ ...options, headers });
  async function ask(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    const answer = await http.send(call, request);
    const form = answer.status === 200 && request.path.startsWith('/users') ? formOf(answer.json) : null;
    if (form !== null) told?.(form);
    return answer;
  }

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
    async remove(call, { path, writing }) {
      const answer = await ask(call, { method: 'DELETE', path });
      const { status } = answer;
      if (status === 204) return;
      const what = `DELETE ${path}`;
      if (status < 200 || status > 299) throw failureOf(answer, what, writing);
      throw new PanelError('malformed', 'unknown', `${what} was answered with ${status} in place of 204`);
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
