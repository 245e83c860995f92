import { type Answer, json, noContent } from '../wire/answer.ts';
import { type Asked, one } from './asked.ts';
import type { Backend } from './backend.ts';
import { serverError } from './errors.ts';
import { longest, STRING, validate } from './rules.ts';
import { type CtrlServer, type CtrlState, type CtrlUser, note } from './state.ts';
import { serverView, userView } from './views.ts';

const REASON = { reason: { checks: [STRING, longest(320)] } };

/** One server after the other, and then the user; the first that fails ends it, and what was done stays. */
export async function suspendUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  const { state, input } = asked;
  validate(REASON, input);
  if (user.suspended) return json(400, { error: 'The user is already suspended' });
  const servers = await suspendAll(asked, user);
  return one(state, {
    ...userView(state, user),
    suspended: true,
    servers: servers.map((server) => serverView(state, server)),
  });
}

export async function suspendAll({ state, backend }: Asked, user: CtrlUser): Promise<readonly CtrlServer[]> {
  const servers = serversOf(state, user);
  for (const server of servers) await suspendServer(state, backend, server);
  setSuspended(state, user, true);
  return servers;
}

/** Looks only at servers that run already: the suspended ones stay as they are. */
export async function unsuspendUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  const { state, input } = asked;
  validate(REASON, input);
  if (!user.suspended) return json(400, { error: 'The user is not suspended' });
  await unsuspendRunning(asked, user);
  return one(state, { ...userView(state, user), suspended: false });
}

export async function unsuspendRunning({ state, backend }: Asked, user: CtrlUser): Promise<void> {
  const running = serversOf(state, user).filter(({ suspended, canceled }) => suspended === null && canceled === null);
  for (const server of running) {
    const hourlyMilli = (state.products.get(server.productId)?.priceMilli ?? 0n) / 720n;
    if (user.creditsMilli >= hourlyMilli) await unsuspendServer(state, backend, server);
  }
  setSuspended(state, user, false);
}

function setSuspended(state: CtrlState, user: CtrlUser, suspended: boolean): void {
  user.suspended = suspended;
  user.updatedAt = state.now();
  note(state, suspended ? 'user.suspend' : 'user.unsuspend', user.id);
}

/** Servers first, then what else there is of the user, then the user of Pterodactyl, whose refusal is passed over. */
export async function deleteUser(asked: Asked, user: CtrlUser): Promise<Answer> {
  validate(REASON, asked.input);
  await eraseUser(asked, user);
  return noContent();
}

export async function eraseUser({ state, backend }: Asked, user: CtrlUser): Promise<void> {
  user.roleIds = [];
  for (const server of serversOf(state, user)) await deleteServer(state, backend, server);
  const owned = [state.payments, state.notifications, state.discordUsers] as readonly Map<
    unknown,
    { userId: number }
  >[];
  for (const rows of owned) for (const [key, { userId }] of rows) if (userId === user.id) rows.delete(key);
  for (const { userIds } of state.vouchers.values()) {
    const index = userIds.indexOf(user.id);
    if (index !== -1) userIds.splice(index, 1);
  }
  await backend.ask('DELETE', `users/${user.pterodactylId ?? ''}`).catch(() => {
    throw serverError();
  });
  state.users.delete(user.id);
  note(state, 'user.delete', user.id, { name: user.name });
}

export function serversOf(state: CtrlState, user: CtrlUser): readonly CtrlServer[] {
  return [...state.servers.values()].filter(({ userId }) => userId === user.id);
}

export async function suspendServer(state: CtrlState, backend: Backend, server: CtrlServer): Promise<void> {
  await backend.toggleServer(server.pterodactylId, 'suspend');
  server.suspended = state.now();
  server.updatedAt = state.now();
  note(state, 'server.suspend', server.userId, { serverId: server.id });
}

export async function unsuspendServer(state: CtrlState, backend: Backend, server: CtrlServer): Promise<void> {
  await backend.toggleServer(server.pterodactylId, 'unsuspend');
  server.suspended = null;
  server.lastBilled = state.now();
  server.updatedAt = state.now();
  note(state, 'server.unsuspend', server.userId, { serverId: server.id });
}

/** @throws Refusal 500 unless Pterodactyl has deleted it, or does not know it */
export async function deleteServer(state: CtrlState, backend: Backend, server: CtrlServer): Promise<void> {
  const answer = await backend.ask('DELETE', `servers/${server.pterodactylId ?? ''}`).catch(() => {
    throw serverError();
  });
  const said = answer.json as { errors?: { status?: string }[] } | null;
  if (answer.status >= 400 && server.pterodactylId !== null && said?.errors?.[0]?.status !== '404') throw serverError();
  state.servers.delete(server.id);
  note(state, 'server.delete', server.userId, { serverId: server.id });
}
