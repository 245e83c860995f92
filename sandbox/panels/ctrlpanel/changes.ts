import type { Answer } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { BackendUnreachable, requestException } from './backend.ts';
import { exception, Refusal, wrapped } from './errors.ts';
import { insertNotification, insertUser } from './insert.ts';
import {
  ALPHA_NUM,
  EMAIL,
  exists,
  INTEGER,
  least,
  longest,
  MOST_CREDITS,
  MOST_SERVERS,
  most,
  NUMERIC,
  type Rule,
  STRING,
  shortest,
  toMilli,
  unique,
  validate,
} from './rules.ts';
import { type CtrlState, type CtrlUser, note } from './state.ts';
import { createdUserView, userView } from './views.ts';

const INITIAL_CREDITS_MILLI = 250_000n;
const INITIAL_SERVER_LIMIT = 1;

const CREDITS: Rule = { checks: [NUMERIC, least(0), most(MOST_CREDITS)] };
const SERVER_LIMIT: Rule = { checks: [NUMERIC, least(0), most(MOST_SERVERS)] };
const PASSWORD: Rule = { checks: [STRING, shortest(8), longest(191)] };

/** The identifier that Pterodactyl gets is the same for everybody, and the password is stored as it came. */
export async function createUser({ state, backend, input }: Asked): Promise<Answer> {
  if (!state.isCreationEnabled)
    throw exception(403, 'The creation of new users has been temporarily disabled. Please try again later.');
  const users = [...state.users.values()];
  validate(
    {
      name: {
        required: true,
        checks: [STRING, shortest(4), longest(30), ALPHA_NUM, unique(users.map(({ name }) => name))],
      },
      email: { required: true, checks: [STRING, EMAIL, unique(users.map(({ email }) => email))] },
      password: { ...PASSWORD, required: true },
      credits: CREDITS,
      server_limit: SERVER_LIMIT,
      role_id: { required: true, checks: [INTEGER, exists((id) => state.roles.has(Number(id)))] },
      referral_code: {
        nullable: true,
        checks: [STRING, exists((code) => users.some(({ referralCode }) => referralCode === code))],
      },
    },
    input,
  );
  const id = state.nextUserId++;
  const user = await wrapping(async () => {
    const roleId = roleOf(input);
    const pterodactylId = await createInBackend(backend, input);
    return insertUser(state, {
      id,
      name: String(input.name),
      email: String(input.email),
      creditsMilli: input.credits === undefined ? INITIAL_CREDITS_MILLI : toMilli(input.credits),
      serverLimit: input.server_limit === undefined ? INITIAL_SERVER_LIMIT : Math.round(Number(input.server_limit)),
      pterodactylId,
      roleIds: [roleId],
      password: String(input.password),
      isPasswordHashed: false,
      emailVerifiedAt: null,
    });
  });
  welcome(state, user);
  note(state, 'user.create', user.id, { deltaMinor: user.creditsMilli, email: user.email, name: user.name });
  return one(state, createdUserView(state, user), 201);
}

async function createInBackend(backend: Asked['backend'], input: Input): Promise<string> {
  const { name, email, password } = input;
  const answer = await backend.ask('POST', 'users', {
    external_id: '0',
    username: name,
    email,
    first_name: name,
    last_name: name,
    password,
    root_admin: false,
    language: 'en',
  });
  if (answer.status >= 400) throw refusedByBackend(answer);
  const made = answer.json as { attributes?: { id?: number } } | null;
  if (made?.attributes?.id === undefined) throw new Error('Trying to access array offset on value of type null');
  return String(made.attributes.id);
}

export function welcome(state: CtrlState, user: CtrlUser): void {
  insertNotification(state, {
    userId: user.id,
    type: 'App\\Notifications\\WelcomeMessage',
    title: 'Getting started!',
    content: '<p>Hello!</p>',
  });
  state.mails.push({ to: user.email, about: 'verification' });
}

/** Pterodactyl first, then the role, then the panel's own row: what fails later leaves what was done before. */
export async function updateUser({ state, backend, input }: Asked, user: CtrlUser): Promise<Answer> {
  validate(updateRules(state, user), input);
  await wrapping(async () => {
    const { name, email, password } = input;
    const sent = { username: name, first_name: name, last_name: name, email };
    const answer = await backend.ask('PATCH', `users/${user.pterodactylId ?? ''}`, {
      ...sent,
      ...(password ? { password } : {}),
    });
    if (answer.status >= 400) throw refusedByBackend(answer);
    if (input.role_id !== undefined) user.roleIds = [roleOf(input)];
    refuseTakenEmail(state, user, String(email));
    write(state, user, input);
  });
  state.queue.push(user.id);
  return one(state, userView(state, user));
}

function updateRules(state: CtrlState, user: CtrlUser): Readonly<Record<string, Rule>> {
  const rules = {
    name: { required: true, checks: [STRING, shortest(4), longest(30)] },
    email: { required: true, checks: [STRING, EMAIL] },
    password: PASSWORD,
    credits: CREDITS,
    server_limit: SERVER_LIMIT,
    role_id: { checks: [INTEGER, exists((id) => state.roles.has(Number(id)))] },
  };
  if (state.release !== 'development') return rules;
  const others = [...state.users.values()].filter((one) => one !== user);
  return {
    ...rules,
    referral_code: {
      checks: [STRING, shortest(2), longest(32), unique(others.map(({ referralCode }) => referralCode))],
    },
    pterodactyl_id: { checks: [NUMERIC, unique(others.flatMap(({ pterodactylId }) => pterodactylId ?? []))] },
  };
}

/** Zero is as good as nothing: PHP filters it out. */
function write(state: CtrlState, user: CtrlUser, input: Input): void {
  const before = user.creditsMilli;
  user.name = String(input.name);
  user.email = String(input.email);
  if (Number(input.credits)) user.creditsMilli = toMilli(input.credits);
  if (Number(input.server_limit)) user.serverLimit = Math.round(Number(input.server_limit));
  if (typeof input.password === 'string') Object.assign(user, { password: input.password, isPasswordHashed: true });
  if (state.release === 'development' && typeof input.referral_code === 'string')
    user.referralCode = input.referral_code;
  if (state.release === 'development' && Number(input.pterodactyl_id))
    user.pterodactylId = String(input.pterodactyl_id);
  user.updatedAt = state.now();
  note(state, 'user.update', user.id, {
    deltaMinor: user.creditsMilli === before ? null : user.creditsMilli - before,
    name: user.name,
    email: user.email,
    serverLimit: user.serverLimit,
    roleIds: user.roleIds,
    password: typeof input.password === 'string',
  });
}

/** Only a number names a role by its id; a text would be its name. */
function roleOf({ role_id: id }: Input): number {
  if (typeof id === 'number') return id;
  throw new Error(`There is no role named \`${String(id)}\` for guard \`web\`.`);
}

class SqlError extends Error {}

function refuseTakenEmail(state: CtrlState, user: CtrlUser, email: string): void {
  const isTaken = [...state.users.values()].some(
    (one) => one !== user && one.email.toLowerCase() === email.toLowerCase(),
  );
  if (!isTaken) return;
  throw new SqlError(
    `SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '${email}' for key 'users_email_unique' (Connection: mysql, SQL: update \`users\` set \`email\` = ${email} where \`id\` = ${user.id})`,
  );
}

/** A validation error within, whose own message counts its two entries. */
function refusedByBackend(answer: Parameters<typeof requestException>[0]): Error {
  return new Error(`${requestException(answer)} (and 1 more error)`);
}

/** Whatever goes wrong is told as 422. */
async function wrapping<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    const isForeseen = error instanceof BackendUnreachable || error instanceof SqlError || error.constructor === Error;
    if (!isForeseen) throw error;
    throw wrapped(error.message, error instanceof SqlError ? '23000' : 0);
  }
}
