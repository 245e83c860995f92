import type { Answer } from '../wire/answer.ts';
import { type Asked, one } from './asked.ts';
import { noModel, serverError } from './errors.ts';
import { including, USER_RELATIONS } from './includes.ts';
import { type Filters, filtered, pageAnswer } from './pages.ts';
import type { CtrlState, CtrlUser } from './state.ts';
import { userView } from './views.ts';

const FILTERS: Filters<CtrlUser> = {
  name: ({ name }) => name,
  server_limit: ({ serverLimit }) => serverLimit,
  email: ({ email }) => email,
  pterodactyl_id: ({ pterodactylId }) => pterodactylId,
  suspended: ({ suspended }) => (suspended ? 1 : 0),
};

export function userFilters(state: CtrlState): Filters<CtrlUser> {
  if (state.release !== 'development') return FILTERS;
  const discordIdOf = ({ id }: CtrlUser) =>
    [...state.discordUsers.values()].find(({ userId }) => userId === id)?.id ?? null;
  return { ...FILTERS, 'discordUser.id': discordIdOf };
}

export function listUsers({ state, request }: Asked): Answer {
  const along = including(state, USER_RELATIONS, request);
  const users = filtered(request, state.users.values(), userFilters(state));
  return pageAnswer(state, request, users, (user) => ({ ...userView(state, user), ...along(user) }));
}

/** A whole number only: PHP refuses to call the method with anything else. */
export function showUser({ state, request }: Asked, text: string): Answer {
  if (!/^-?\d+$/.test(text)) throw serverError();
  const along = including(state, USER_RELATIONS, request);
  const user = state.users.get(Number(text));
  if (user === undefined) throw noModel('User', null);
  return one(state, { ...userView(state, user), ...along(user) });
}
