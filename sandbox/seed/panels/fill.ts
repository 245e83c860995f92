import type { CtrlPanelDouble } from '../../panels/ctrlpanel/start.ts';
import type { PterodactylDouble } from '../../panels/pterodactyl/start.ts';
import { type Tenant, UNVERIFIED, WITHOUT_ROLE } from './community.ts';

const DAY_MS = 24 * 60 * 60_000;
const ROLES = { administrator: 1, supporter: 2, reseller: 3, customer: 4 } as const;

/** Gives an empty CtrlPanel.gg the tenants, in their order. */
export function fillCtrlPanel(panel: CtrlPanelDouble, tenants: readonly Tenant[]): void {
  for (const tenant of tenants) {
    const { customer, username, createdAt } = tenant;
    const user = panel.addUser({
      name: username,
      email: customer.email,
      creditsMilli: tenant.creditsMilli,
      serverLimit: Math.max(1, tenant.servers.length),
      suspended: tenant.isSuspended,
      roleIds: customer.username === WITHOUT_ROLE ? [] : [ROLES[customer.role]],
      emailVerifiedAt: customer.username === UNVERIFIED ? null : createdAt,
      createdAt,
    });
    for (const server of tenant.servers) panel.addServer({ userId: user.id, ...server });
    for (let past = 1; past <= tenant.payments; past += 1)
      panel.addPayment({ userId: user.id, createdAt: new Date(createdAt.getTime() + past * DAY_MS) });
    if (tenant.isLinkedInPanel && customer.memberId) panel.linkDiscord(user.id, customer.memberId, customer.username);
  }
}

/** What people are in a Pelican beside its root administrators. */
const PELICAN_ROLES = ['Support', 'Billing'] as const;

/** Gives an empty Pelican the tenants, in their order, and roles that they can be given. */
export function fillPelican(panel: PterodactylDouble, tenants: readonly Tenant[]): void {
  if (tenants.length > 0) for (const role of PELICAN_ROLES) panel.addRole(role);
  fillPterodactyl(panel, tenants);
}

/** Gives an empty Pterodactyl the tenants, in their order. */
export function fillPterodactyl(panel: PterodactylDouble, tenants: readonly Tenant[]): void {
  for (const { customer, username, createdAt, servers, isLinkedInPanel } of tenants) {
    const [firstName = username, ...others] = customer.name.split(' ');
    const user = panel.addUser({
      username,
      email: customer.email,
      firstName,
      lastName: others.join(' ') || firstName,
      rootAdmin: customer.role === 'administrator',
      externalId: isLinkedInPanel ? customer.memberId : null,
      createdAt,
    });
    for (const { name, isSuspended } of servers)
      panel.addServer({ userId: user.id, name, status: isSuspended ? 'suspended' : null });
  }
}
