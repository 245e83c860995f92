import type { PteroRole, PteroServer, PteroState, PteroUser } from './state.ts';

/** ISO 8601 in UTC without fractions of a second. */
export function time(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, '+00:00');
}

export function userAttributes(state: PteroState, user: PteroUser): Record<string, unknown> {
  const dates = { created_at: time(user.createdAt), updated_at: time(user.updatedAt) };
  if (state.product === 'pelican')
    return {
      id: user.id,
      external_id: user.externalId,
      is_managed_externally: user.isManagedExternally,
      uuid: user.uuid,
      username: user.username,
      email: user.email,
      language: user.language,
      root_admin: user.roleIds.includes(1),
      '2fa_enabled': user.twoFactor,
      '2fa': user.twoFactor,
      ...dates,
    };
  return {
    id: user.id,
    external_id: user.externalId,
    uuid: user.uuid,
    username: user.username,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    language: user.language,
    root_admin: user.rootAdmin,
    '2fa': user.twoFactor,
    ...dates,
  };
}

export function serverObject(server: PteroServer): Record<string, unknown> {
  const identifier = server.uuid.slice(0, 8);
  return {
    object: 'server',
    attributes: {
      id: server.id,
      external_id: server.externalId,
      uuid: server.uuid,
      identifier,
      name: server.name,
      description: server.description,
      status: server.status,
      suspended: server.status === 'suspended',
      limits: { memory: 512, swap: 0, disk: 1000, io: 500, cpu: 100, threads: null, oom_disabled: true },
      feature_limits: { databases: 0, allocations: 0, backups: 0 },
      user: server.userId,
      node: 1,
      allocation: server.id,
      nest: 1,
      egg: 1,
      container: {
        startup_command: 'run',
        image: 'ghcr.io/example/image',
        installed: 1,
        environment: {
          STARTUP: 'run',
          P_SERVER_LOCATION: 'lab',
          P_SERVER_UUID: server.uuid,
          P_SERVER_ALLOCATION_LIMIT: 0,
        },
      },
      updated_at: time(server.updatedAt),
      created_at: time(server.createdAt),
    },
  };
}

export function roleObject({ id, name, createdAt }: PteroRole): Record<string, unknown> {
  const at = time(createdAt);
  return { object: 'role', attributes: { id, name, created_at: at, updated_at: at } };
}
