import type { Call, RolesAbility } from '../panel.ts';
import { readablePageOf, role, type WireRole } from './api-types.ts';
import type { Client } from './client.ts';
import type { Connection } from './connection.ts';
import { rejected } from './failures.ts';
import { type ReadUser, SETTLE_AFTER_MS } from './map.ts';
import { changeUser } from './users.ts';

export interface Role {
  readonly id: number;
  /** Two roles of one name have their ids behind it. */
  readonly name: string;
  readonly power: number;
  /** Whether it opens the panel's administration. */
  readonly administrator: boolean;
}

export interface RoleTable {
  /** All roles, those of least power first, as the panel has them now. */
  read(call: Call): Promise<readonly Role[]>;
  /** These roles, which may be a minute old in what they are called and may do. */
  of(roles: readonly WireRole[], call: Call): Promise<readonly Role[]>;
  /** The same without asking: those that were read before. */
  known(roles: readonly WireRole[]): readonly Role[];
}

const FRESH_MS = 60_000;
const PAGE_SIZE = 100;
const rolePage = readablePageOf(role);

export function createRoleTable(client: Client): RoleTable {
  let known: ReadonlyMap<number, Role> = new Map();
  /** Those that accounts have, and the list of roles had not when it was read. */
  const missed = new Set<number>();
  let readAt = Number.NEGATIVE_INFINITY;

  async function read(call: Call): Promise<readonly Role[]> {
    const found: WireRole[] = [];
    for (let page = 1; ; page += 1) {
      const query = { include: 'permissions', per_page: String(PAGE_SIZE), page: String(page) };
      const { items, isLast } = await client.read(call, '/roles', query, rolePage);
      found.push(...items);
      if (isLast) break;
    }
    const roles = toRoles(found);
    known = new Map(roles.map((one) => [one.id, one]));
    readAt = performance.now();
    missed.clear();
    return roles;
  }

  // Of a role that nobody told what it may do, the most is to be feared.
  const knownOf: RoleTable['known'] = (roles) =>
    roles.map(({ id, name, power }) => known.get(id) ?? { id, name, power: power ?? 0, administrator: true });

  return {
    read,
    known: knownOf,
    async of(roles, call) {
      const isStale = performance.now() - readAt > FRESH_MS;
      if (isStale || roles.some(({ id }) => !known.has(id) && !missed.has(id))) await read(call);
      for (const { id } of roles) if (!known.has(id)) missed.add(id);
      return knownOf(roles);
    },
  };
}

function toRoles(found: readonly WireRole[]): readonly Role[] {
  const count = new Map<string, number>();
  for (const { name } of found) count.set(name, (count.get(name) ?? 0) + 1);
  return found
    .map(({ id, name, power, permissions }) => ({
      id,
      name: count.get(name) === 1 ? name : `${name} (${id})`,
      power: power ?? 0,
      administrator: permissions?.every((permission) => IS_HARMLESS.test(permission.name)) !== true,
    }))
    .sort((left, right) => left.power - right.power || left.id - right.id);
}

/**
 * What members may do is called `user.…`, and `errors.view` shows them more of an error. Whatever else there is, or comes with a later release,
 * opens a part of the administration. The power of a role only says whose accounts it may touch.
 */
const IS_HARMLESS = /^(?:user\..+|errors\.view)$/;

/** What the panel itself gives to who registers. */
const USUAL = 'User';

/** The role of a new account. @throws PanelError `rejected`, effect `none` */
export function roleForNew(roles: readonly Role[], wanted: string | null): Role {
  if (wanted !== null) return roleNamed(roles, wanted);
  const harmless = roles.filter(({ administrator }) => !administrator);
  const chosen = harmless.find(({ name }) => name === USUAL) ?? harmless[0];
  if (!chosen)
    throw rejected('there is no role for new accounts', 'CtrlPanel.gg has no role that is not an administrator’s.');
  return chosen;
}

/** @throws PanelError `rejected`, effect `none` */
export function roleNamed(roles: readonly Role[], wanted: string): Role {
  const found = roles.find(({ name }) => name === wanted);
  if (!found) throw rejected(`there is no role ${wanted}`, `CtrlPanel.gg has no role “${wanted.slice(0, 60)}”.`);
  return found;
}

export function rolesAbility(panel: Connection): RolesAbility {
  return {
    traits: {
      idempotent: true,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.account,
      effects: ['Whoever has several roles in CtrlPanel.gg keeps the new one only.', billsAfter('Saving')],
      several: false,
    },
    async choices(call) {
      const roles = await panel.roles.read(call);
      return roles.map(({ name, administrator }) => ({ name, administrator }));
    },
    set: (accountId, names, change) =>
      changeUser(panel, accountId, change, async (_, save) => {
        const [name, ...others] = new Set(names);
        if (name === undefined || others.length > 0)
          throw rejected(`${names.length} roles`, 'An account of CtrlPanel.gg has exactly one role.');
        const chosen = roleNamed(await panel.roles.read(change), name);
        const saved = await save({ role_id: chosen.id });
        return { ...saved, roles: [{ id: chosen.id, name: chosen.name }] } satisfies ReadUser;
      }),
  };
}

/** Every saved edit makes the panel look at what its owner owes, and so does adding credits. */
export const billsAfter = (what: string) =>
  `${what} makes CtrlPanel.gg charge for servers that it had suspended and the balance pays for, and start them.`;
