import type { Handle } from '../double.ts';
import { json } from '../wire/answer.ts';
import type { PteroState } from './state.ts';
import { userAttributes } from './views.ts';

export interface RouteOptions {
  /** Null for no limit. */
  readonly requestsPerMinute: number | null;
}

export function routes(state: PteroState, _options: RouteOptions): Handle {
  return ({ path }) => {
    const user = state.users.get(Number(/^\/api\/application\/users\/(\d+)$/.exec(path)?.[1]));
    if (user !== undefined) return json(200, { object: 'user', attributes: userAttributes(state, user) });
    return json(404, { errors: [{ code: 'NotFoundHttpException', status: '404', detail: 'Not there.' }] });
  };
}
