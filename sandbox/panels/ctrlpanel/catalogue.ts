/** Roles and products, as far as they can be read, and roles deleted. */
import { type Answer, json, noContent } from '../wire/answer.ts';
import { coercedId } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { noModel } from './errors.ts';
import { including, ROLE_RELATIONS } from './includes.ts';
import { filtered, pageAnswer } from './pages.ts';
import { type CtrlRole, type CtrlState, note } from './state.ts';
import { display, productView, roleView } from './views.ts';

const USER_ROLE = 4;
const KEPT_ROLES = [1, 2, 3];

export function listRoles({ state, request }: Asked): Answer {
  const along = including(state, ROLE_RELATIONS, request);
  const roles = filtered<CtrlRole>(request, state.roles.values(), { name: ({ name }) => name });
  return pageAnswer(state, request, roles, (role) => ({ ...roleView(state, role), ...along(role) }));
}

export function showRole({ state, request }: Asked, text: string): Answer {
  const along = including(state, ROLE_RELATIONS, request);
  const role = state.roles.get(coercedId(text));
  if (role === undefined) throw noModel('Role', null);
  return one(state, { ...roleView(state, role), ...along(role) });
}

export function boundRole(state: CtrlState, text: string): CtrlRole {
  const role = state.roles.get(coercedId(text));
  if (role === undefined) throw noModel('Role', text);
  return role;
}

/** Whoever has it gets the role "User" instead, which is nobody's then if it is that one. */
export function deleteRole({ state }: Asked, role: CtrlRole): Answer {
  if (KEPT_ROLES.includes(role.id)) return json(403, { error: 'This role cannot be deleted.' });
  state.roles.delete(role.id);
  for (const user of state.users.values())
    if (user.roleIds.includes(role.id)) user.roleIds = role.id === USER_ROLE ? [] : [USER_ROLE];
  note(state, 'role.delete', null, { roleId: role.id });
  return noContent();
}

export function listProducts({ state, request }: Asked): Answer {
  const products = filtered(request, state.products.values(), {
    name: ({ name }) => name,
    description: ({ name }) => `${name} plan`,
    price: ({ priceMilli }) => display(priceMilli),
  });
  return pageAnswer(state, request, products, (product) => productView(state, product));
}

export function showProduct({ state }: Asked, id: string): Answer {
  const product = state.products.get(id);
  if (product === undefined) throw noModel('Product', null);
  return one(state, productView(state, product));
}
