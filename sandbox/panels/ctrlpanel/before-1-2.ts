/** The users' routes of 1.1.1: bare bodies, raw thousandths, and increments that are a thousandth of what was asked. */
import { type Answer, json } from '../wire/answer.ts';
import { coercedId } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { requestException } from './backend.ts';
import { welcome } from './changes.ts';
import { invalid, noModel, serverError } from './errors.ts';
import { including, USER_RELATIONS } from './includes.ts';
import { insertUser } from './insert.ts';
import { filtered, pageAnswer } from './pages.ts';
import { ALPHA_NUM, EMAIL, least, longest, most, NUMERIC, STRING, shortest, unique, validate } from './rules.ts';
import { type CtrlState, type CtrlUser, moveCredits, note } from './state.ts';
import { eraseUser, suspendAll, unsuspendRunning } from './suspension.ts';
import { userFilters } from './users.ts';
import { discordUserView, isoTime, serverView, userView } from './views.ts';

const INITIAL_CREDITS_RAW = 150n;
const AMOUNT = { checks: [NUMERIC, least(0), most(1_000_000)] };
const MOST_CREDITS_RAW = 99_999_999n;

/** The id may be the user's or that of the Discord user. */
export function anyUser(state: CtrlState, text: string): CtrlUser {
  if (!/^-?\d+$/.test(text)) throw serverError();
  const user = state.users.get(state.discordUsers.get(text)?.userId ?? coercedId(text));
  if (user === undefined) throw noModel('User', text);
  return user;
}

function bare(state: CtrlState, user: CtrlUser): Record<string, unknown> {
  return {
    ...userView(state, user),
    credits: user.creditsMilli,
    created_at: isoTime(user.createdAt),
    updated_at: isoTime(user.updatedAt),
  };
}

export function listUsers({ state, request }: Asked): Answer {
  const along = including(state, USER_RELATIONS, request);
  const users = filtered(request, state.users.values(), userFilters(state));
  return pageAnswer(state, request, users, (user) => ({ ...bare(state, user), ...along(user) }));
}

export function showUser({ state, request }: Asked, text: string): Answer {
  const along = including(state, USER_RELATIONS, request);
  if (!/^-?\d+$/.test(text)) throw serverError();
  const user = state.users.get(state.discordUsers.get(text)?.userId ?? Number(text));
  if (user === undefined) throw noModel('User', null);
  const linked = [...state.discordUsers.values()].find(({ userId }) => userId === user.id);
  const discordUser = linked ? discordUserView(state, linked) : null;
  return one(state, { ...bare(state, user), discord_user: discordUser, ...along(user) });
}

export async function increment(asked: Asked, user: CtrlUser): Promise<Answer> {
  return move(asked, user, 1n);
}

export async function decrement(asked: Asked, user: CtrlUser): Promise<Answer> {
  return move(asked, user, -1n);
}

/** The amount is taken for thousandths; the answer is what was stored times a thousand. */
async function move({ state, input }: Asked, user: CtrlUser, sign: 1n | -1n): Promise<Answer> {
  validate({ credits: AMOUNT, server_limit: AMOUNT }, input);
  const raw = BigInt(Math.round(Number(input.credits ?? 0)));
  if (raw !== 0n) {
    const after = user.creditsMilli + sign * raw;
    if (sign === 1n && after >= MOST_CREDITS_RAW)
      throw invalid({ credits: ["You can't add this amount of credits because you would exceed the credit limit"] });
    if (after < 0n)
      throw invalid({
        credits: ["You can't remove this amount of credits because you would exceed the minimum credit limit"],
      });
    if (sign === 1n) state.queue.push(user.id);
    moveCredits(state, user, sign * raw, sign === 1n ? 'user.increment' : 'user.decrement');
  }
  const limit = user.serverLimit + Number(sign) * Number(input.server_limit ?? 0);
  if (limit < 0)
    throw invalid({
      server_limit: ['You cannot remove this amount of servers because it would exceed the minimum server.'],
    });
  user.serverLimit = Math.round(limit);
  return json(200, { ...bare(state, user), ...(raw === 0n ? {} : { credits: user.creditsMilli * 1_000n }) });
}

export async function createUser({ state, backend, input }: Asked): Promise<Answer> {
  const users = [...state.users.values()];
  validate(
    {
      name: {
        required: true,
        checks: [STRING, longest(30), shortest(4), ALPHA_NUM, unique(users.map(({ name }) => name))],
      },
      email: { required: true, checks: [STRING, EMAIL, longest(64), unique(users.map(({ email }) => email))] },
      password: { required: true, checks: [STRING, shortest(8), longest(191)] },
    },
    input,
  );
  if (!state.isCreationEnabled)
    throw invalid({ error: ['The creation of new users has been blocked by the system administrator.'] });
  const [name, email, password] = [String(input.name), String(input.email), String(input.password)];
  const user = insertUser(state, { name, email, password, creditsMilli: INITIAL_CREDITS_RAW, roleIds: [] });
  const names = { username: name, first_name: name, last_name: name };
  const answer = await backend.ask('POST', 'users', {
    external_id: String(user.id),
    ...names,
    email,
    password,
    root_admin: false,
    language: 'en',
  });
  if (answer.status >= 400) {
    state.users.delete(user.id);
    throw refusedByBackend(answer);
  }
  user.pterodactylId = String((answer.json as { attributes: { id: number } }).attributes.id);
  welcome(state, user);
  note(state, 'user.create', user.id, { deltaMinor: user.creditsMilli, email, name });
  return json(201, bare(state, user));
}

/** Everything that is sent is stored, but for the role. */
export async function updateUser({ state, backend, input }: Asked, user: CtrlUser): Promise<Answer> {
  validate(
    {
      name: { checks: [STRING, shortest(4), longest(30)] },
      email: { checks: [STRING, EMAIL] },
      credits: AMOUNT,
      server_limit: AMOUNT,
    },
    input,
  );
  state.queue.push(user.id);
  const { name = null, email = null } = input;
  const sent = { username: name, first_name: name, last_name: name, email };
  const answer = await backend.ask('PATCH', `users/${user.pterodactylId ?? ''}`, sent);
  if (answer.status >= 400) throw refusedByBackend(answer);
  const before = user.creditsMilli;
  if (input.role !== undefined) user.roleIds = [input.role].flat().map(Number);
  if (input.credits !== undefined) user.creditsMilli = BigInt(Math.trunc(Number(input.credits) * 1_000));
  if (input.server_limit !== undefined) user.serverLimit = Number(input.server_limit);
  if (input.suspended !== undefined) user.suspended = Boolean(Number(input.suspended));
  if (typeof input.password === 'string') Object.assign(user, { password: input.password, isPasswordHashed: false });
  Object.assign(user, { name: String(name), email: String(email), updatedAt: state.now() });
  note(state, 'user.update', user.id, { deltaMinor: user.creditsMilli === before ? null : user.creditsMilli - before });
  return json(200, bare(state, user));
}

export async function suspendUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  const { state } = asked;
  if (user.suspended) throw invalid({ error: ['The user is already suspended'] });
  const servers = await suspendAll(asked, user);
  const views = servers.map((server) => serverView(state, server));
  return json(200, { ...bare(state, user), suspended: true, servers: views });
}

export async function unsuspendUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  if (!user.suspended) throw invalid({ error: ['You cannot unsuspend an User who is not suspended.'] });
  await unsuspendRunning(asked, user);
  return json(200, { ...bare(asked.state, user), suspended: false });
}

export async function deleteUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  const view = bare(asked.state, user);
  await eraseUser(asked, user);
  return json(200, view);
}

function refusedByBackend(answer: Parameters<typeof requestException>[0]) {
  return invalid({
    pterodactyl_error_message: [requestException(answer)],
    pterodactyl_error_status: [answer.status],
  });
}
