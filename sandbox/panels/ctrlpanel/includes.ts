import { namesOf } from '../wire/input.ts';
import type { DoubleRequest } from '../wire/request.ts';
import { exception } from './errors.ts';
import type { CtrlRole, CtrlServer, CtrlState, CtrlUser, CtrlVoucher } from './state.ts';
import {
  discordUserView,
  notificationView,
  paymentView,
  permissionView,
  productView,
  roleView,
  serverView,
  userView,
  voucherView,
} from './views.ts';

type View = Record<string, unknown>;

/** Something that may come along: many rows, or one or none. */
interface Relation<Row> {
  /** As it stands in the body. */
  readonly key: string;
  readonly isMany: boolean;
  readonly of: (state: CtrlState, row: Row) => readonly View[];
  /** How many there are, where showing them may fail. */
  readonly count?: (state: CtrlState, row: Row) => number;
  /** What may come along with it in turn, by its name in the query. */
  readonly nested?: string;
}

type Relations<Row> = Readonly<Record<string, Relation<Row>>>;

export const USER_RELATIONS: Relations<CtrlUser> = {
  servers: {
    key: 'servers',
    isMany: true,
    nested: 'product',
    of: (state, { id }) => owned(state.servers, id).map((server) => serverView(state, server)),
    count: (state, { id }) => owned(state.servers, id).length,
  },
  notifications: {
    key: 'notifications',
    isMany: true,
    of: (state, { id }) => owned(state.notifications, id).map((one) => notificationView(state, one)),
  },
  payments: {
    key: 'payments',
    isMany: true,
    of: (state, { id }) => owned(state.payments, id).map((payment) => paymentView(state, payment)),
  },
  vouchers: {
    key: 'vouchers',
    isMany: true,
    nested: 'users',
    of: (state, { id }) =>
      [...state.vouchers.values()]
        .filter(({ userIds }) => userIds.includes(id))
        .map((voucher) => voucherView(state, voucher)),
  },
  roles: {
    key: 'roles',
    isMany: true,
    nested: 'permissions',
    of: (state, { roleIds }) => roleIds.flatMap((id) => state.roles.get(id) ?? []).map((role) => roleView(state, role)),
  },
  discordUser: {
    key: 'discord_user',
    isMany: false,
    of: (state, { id }) => owned(state.discordUsers, id).map((linked) => discordUserView(state, linked)),
  },
};

export const SERVER_RELATIONS: Relations<CtrlServer> = {
  product: {
    key: 'product',
    isMany: false,
    of: (state, { productId }) => present(state.products.get(productId)).map((product) => productView(state, product)),
  },
  user: {
    key: 'user',
    isMany: false,
    of: (state, { userId }) => present(state.users.get(userId)).map((user) => userView(state, user)),
  },
};

export const VOUCHER_RELATIONS: Relations<CtrlVoucher> = {
  users: {
    key: 'users',
    isMany: true,
    of: (state, { userIds }) => userIds.flatMap((id) => state.users.get(id) ?? []).map((user) => userView(state, user)),
  },
};

export const ROLE_RELATIONS: Relations<CtrlRole> = {
  permissions: {
    key: 'permissions',
    isMany: true,
    of: (state, { id, createdAt }) => permissionsOf(id).map((name) => permissionView(state, name, createdAt)),
  },
  users: {
    key: 'users',
    isMany: true,
    of: (state, { id }) =>
      [...state.users.values()].filter(({ roleIds }) => roleIds.includes(id)).map((user) => userView(state, user)),
  },
};

const ADMIN = 1;
const SUPPORT_TEAM = 2;
const MEMBERS_MAY = ['server.create', 'server.upgrade', 'shop.buy', 'ticket.read', 'ticket.write', 'referral'];

/** What the stock roles may do, by the role's id. */
function permissionsOf(roleId: number): readonly string[] {
  if (roleId === ADMIN) return ['*'];
  return roleId === SUPPORT_TEAM ? [] : MEMBERS_MAY.map((name) => `user.${name}`);
}

function owned<Row extends { readonly userId: number }>(rows: ReadonlyMap<unknown, Row>, userId: number): Row[] {
  return [...rows.values()].filter((row) => row.userId === userId);
}

function present<Row>(row: Row | undefined): Row[] {
  return row === undefined ? [] : [row];
}

/**
 * What comes along with a row, by the query's `include`.
 * @throws Refusal 400 where something is asked for that there is not
 */
export function including<Row>(
  state: CtrlState,
  relations: Relations<Row>,
  request: DoubleRequest,
): (row: Row) => Record<string, unknown> {
  const asked = namesOf(request.query, 'include');
  const allowed = Object.entries(relations).flatMap(([name, { nested }]) => [
    name,
    `${name}Count`,
    `${name}Exists`,
    ...(nested === undefined ? [] : [`${name}.${nested}`]),
  ]);
  const unknown = asked.filter((name) => !allowed.includes(name));
  if (unknown.length > 0)
    throw exception(
      400,
      `Requested include(s) \`${unknown.join(', ')}\` are not allowed. Allowed include(s) are \`${allowed.join(', ')}\`.`,
    );
  return (row) => Object.assign({}, ...asked.map((name) => included(state, relations, name, row)));
}

function included<Row>(state: CtrlState, relations: Relations<Row>, name: string, row: Row): View {
  const [base = '', nested] = name.replace(/(Count|Exists)$/, '').split('.');
  const relation = relations[base];
  if (relation === undefined) return {};
  const count = () => relation.count?.(state, row) ?? relation.of(state, row).length;
  if (name.endsWith('Count')) return { [`${relation.key}_count`]: count() };
  if (name.endsWith('Exists')) return { [`${relation.key}_exists`]: count() > 0 };
  const rows = relation.of(state, row);
  if (!relation.isMany) return { [relation.key]: rows[0] ?? null };
  if (nested === undefined) return { [relation.key]: rows };
  return { [relation.key]: rows.map((one) => ({ ...one, [nested]: nestedOf(state, nested, one) })) };
}

function nestedOf(state: CtrlState, nested: string, view: View): unknown {
  const product = state.products.get(String(view.product_id));
  if (nested === 'product') return product === undefined ? null : productView(state, product);
  const role = state.roles.get(Number(view.id));
  if (nested === 'permissions') return role ? ROLE_RELATIONS.permissions?.of(state, role) : [];
  const voucher = state.vouchers.get(Number(view.id));
  return nested === 'users' && voucher ? VOUCHER_RELATIONS.users?.of(state, voucher) : [];
}
