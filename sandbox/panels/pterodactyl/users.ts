import { type Answer, json, noContent } from '../wire/answer.ts';
import { type Input, namesOf, readInput } from '../wire/input.ts';
import { notFound, Refusal, refusal } from './errors.ts';
import { insertUser } from './insert.ts';
import { listAnswer } from './lists.ts';
import type { Asked } from './routes.ts';
import { checkUser } from './rules.ts';
import { note, type PteroUser } from './state.ts';
import { roleObject, serverObject, userAttributes } from './views.ts';

export function listUsers(asked: Asked): Answer {
  return listAnswer(asked.request, {
    rows: asked.state.users.values(),
    filters: {
      email: ({ email }) => email,
      uuid: ({ uuid }) => uuid,
      username: ({ username }) => username,
      external_id: ({ externalId }) => externalId,
    },
    show: (user) => userObject(asked, user),
  });
}

export function showUser(asked: Asked, user: PteroUser): Answer {
  return json(200, userObject(asked, user));
}

export function showExternalUser(asked: Asked, externalId: string): Answer {
  const wanted = externalId.toLowerCase();
  const user = [...asked.state.users.values()].find((one) => one.externalId?.toLowerCase() === wanted);
  if (user === undefined) throw notFound();
  return showUser(asked, user);
}

export function createUser(asked: Asked): Answer {
  const { state, request } = asked;
  const input = readInput(request);
  checkUser(state, input, null);
  const user = insertUser(state, { ...changesOf(state.product, input), externalId: textOrNull(input.external_id) });
  state.mails.push(user.email);
  note(state, 'user.create', user.id, { username: user.username, email: user.email, externalId: user.externalId });
  const resource = `${request.origin}/api/application/users/${user.id}`;
  return json(201, { ...userObject(asked, user), meta: { resource } });
}

export function updateUser(asked: Asked, user: PteroUser): Answer {
  const { state, request } = asked;
  const input = readInput(request);
  checkUser(state, input, user);
  Object.assign(user, changesOf(state.product, input), { updatedAt: state.now() });
  if (input.external_id !== undefined) user.externalId = textOrNull(input.external_id);
  note(state, 'user.update', user.id, {
    username: user.username,
    email: user.email,
    password: Boolean(input.password),
  });
  return json(200, userObject(asked, user));
}

export function deleteUser({ state, key }: Asked, user: PteroUser): Answer {
  const isPelican = state.product === 'pelican';
  if (isPelican && user.roleIds.includes(1)) return json(403, []);
  if ([...state.servers.values()].some(({ userId }) => userId === user.id))
    throw refusal(
      400,
      'DisplayException',
      'Cannot delete a user with active servers attached to their account. Please delete their servers before continuing.',
    );
  if (isPelican && user.id === key.ownerId)
    throw refusal(400, 'DisplayException', 'You cannot delete your own account.');
  state.users.delete(user.id);
  for (const [token, { ownerId }] of state.keys) if (ownerId === user.id) state.keys.delete(token);
  note(state, 'user.delete', user.id, { username: user.username });
  return noContent();
}

export function listRoles({ state, request }: Asked): Answer {
  return listAnswer(request, {
    rows: state.roles.values(),
    filters: { name: ({ name }) => name },
    show: roleObject,
    perPage: 10,
  });
}

/** Pelican's: what concerns the root administrator is passed over without a word. */
export function changeRoles(asked: Asked, user: PteroUser, how: 'assign' | 'remove'): Answer {
  const { state, request } = asked;
  const ids = readInput(request).roles;
  const isKnown = Array.isArray(ids) && ids.every((id) => typeof id === 'number' && state.roles.has(id));
  if (!isKnown) throw invalidRoles();
  if (!user.roleIds.includes(1)) {
    const meant = (ids as number[]).filter((id) => id !== 1);
    const others = user.roleIds.filter((id) => !meant.includes(id));
    user.roleIds = how === 'assign' ? [...others, ...meant] : others;
    note(state, `user.roles.${how}`, user.id, { roles: meant });
  }
  return json(200, userObject(asked, user));
}

function userObject(asked: Asked, user: PteroUser): Record<string, unknown> {
  const { state, request, can } = asked;
  const attributes = userAttributes(state, user);
  const includes = namesOf(request.query, 'include');
  const relationships: Record<string, unknown> = {};
  if (includes.includes('servers')) {
    const servers = [...state.servers.values()].filter(({ userId }) => userId === user.id);
    relationships.servers = can('servers') ? listOf(servers.map(serverObject)) : NULL_RESOURCE;
  }
  if (includes.includes('roles') && state.product === 'pelican') {
    const roles = user.roleIds.flatMap((id) => state.roles.get(id) ?? []);
    relationships.roles = can('roles') ? listOf(roles.map(roleObject)) : NULL_RESOURCE;
  }
  if (Object.keys(relationships).length === 0) return { object: 'user', attributes };
  return { object: 'user', attributes: { ...attributes, relationships } };
}

function invalidRoles(): Refusal {
  const meta = { source_field: 'roles.0', rule: 'exists' };
  return new Refusal(422, [
    { code: 'ValidationException', status: '422', detail: 'The selected roles.0 is invalid.', meta },
  ]);
}

const NULL_RESOURCE = { object: 'null_resource', attributes: null } as const;

function listOf(data: readonly unknown[]) {
  return { object: 'list', data };
}

function changesOf(product: 'pterodactyl' | 'pelican', input: Input): Partial<PteroUser> {
  const isTrue = (value: unknown) => [true, 1, '1'].includes(value as never);
  const email = String(input.email);
  return {
    username: String(input.username).toLowerCase(),
    email: product === 'pelican' ? email.toLowerCase() : email,
    ...(typeof input.password === 'string' ? { password: input.password } : {}),
    ...(typeof input.language === 'string' ? { language: input.language } : {}),
    ...(product === 'pelican'
      ? input.is_managed_externally !== undefined && { isManagedExternally: isTrue(input.is_managed_externally) }
      : {
          firstName: String(input.first_name),
          lastName: String(input.last_name),
          ...(input.root_admin !== undefined && { rootAdmin: isTrue(input.root_admin) }),
        }),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
