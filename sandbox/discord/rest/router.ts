import type { UploadedFile } from '../attachments.ts';
import type { BodyKind } from '../strict/schemas.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Names of the `:parameters` in a path. */
type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

export interface RestRequest<Parameter extends string = string> {
  params: Readonly<Record<Parameter, string>>;
  query: URLSearchParams;
  /** The JSON body, or the `payload_json` part of a multipart one. Its shape has been checked if the route names one. */
  body: unknown;
  files: readonly UploadedFile[];
}

export interface RestReply {
  status: number;
  body?: unknown;
}

export interface Route {
  method: Method;
  /** As Discord writes it, such as `/channels/:channelId/messages`. */
  path: string;
  /** Needs no bot token, because the path carries one or the answer is public. */
  open: boolean;
  /** The schema that the body must meet. */
  bodyKind: BodyKind | null;
  handle(request: RestRequest): RestReply;
}

export function route<Path extends string>(
  method: Method,
  path: Path,
  handle: (request: RestRequest<ParameterNames<Path>>) => RestReply,
  { open = false, bodyKind = null }: { open?: boolean; bodyKind?: BodyKind | null } = {},
): Route {
  return { method, path, open, bodyKind, handle };
}

export const ok = (body: unknown): RestReply => ({ status: 200, body });
export const created = (body: unknown): RestReply => ({ status: 201, body });
export const noContent = (): RestReply => ({ status: 204 });

interface Node {
  literals: Map<string, Node>;
  parameter: Node | null;
  routes: Map<string, { route: Route; parameterNames: string[] }>;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Finds the route of a path in one walk over its segments; literal segments win over parameters. */
export class Router {
  readonly #root = node();

  constructor(routes: readonly Route[]) {
    for (const one of routes) this.#add(one);
  }

  /** @returns null if nothing lives at this path, `'method'` if only other methods do. */
  match(method: string, path: string): Match | 'method' | null {
    const values: string[] = [];
    let current: Node | null = this.#root;
    for (const encoded of path.split('/')) {
      if (encoded === '') continue;
      const segment = decodeURIComponent(encoded);
      const literal: Node | undefined = current.literals.get(segment);
      if (literal === undefined) values.push(segment);
      current = literal ?? current.parameter;
      if (current === null) return null;
    }
    if (current.routes.size === 0) return null;
    const found = current.routes.get(method);
    if (found === undefined) return 'method';
    const params: Record<string, string> = {};
    for (const [index, name] of found.parameterNames.entries()) params[name] = values[index] ?? '';
    return { route: found.route, params };
  }

  #add(added: Route): void {
    const parameterNames: string[] = [];
    let current = this.#root;
    for (const segment of added.path.split('/').slice(1)) {
      if (segment.startsWith(':')) {
        parameterNames.push(segment.slice(1));
        current.parameter ??= node();
        current = current.parameter;
      } else {
        const next = current.literals.get(segment) ?? node();
        current.literals.set(segment, next);
        current = next;
      }
    }
    current.routes.set(added.method, { route: added, parameterNames });
  }
}

function node(): Node {
  return { literals: new Map(), parameter: null, routes: new Map() };
}
