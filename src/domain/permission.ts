import type { Verb } from './operation.ts';

/** Everything that can be allowed. A command names exactly one. */
export const PERMISSIONS = [
  'accounts.view',
  'accounts.reveal',
  'accounts.create',
  'accounts.edit',
  'accounts.email',
  'accounts.suspend',
  'accounts.delete',
  'accounts.restore',
  'accounts.password',
  'accounts.roles',
  'accounts.verify',
  'accounts.security',
  'accounts.sessions',
  'accounts.notes',
  'accounts.export',
  'accounts.protected',
  'servers.suspend',
  'credits.view',
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'credits.approve',
  'limits.edit',
  'vouchers.manage',
  'links.manage',
  'notify.send',
  'bulk.run',
  'operations.settle',
  'audit.view',
  'policy.manage',
  'settings.manage',
  'panels.manage',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Named sets of permissions, which are also the ranks: each later one ranks above the ones before. */
export const PRESETS = ['member', 'helper', 'moderator', 'accountant', 'administrator', 'owner'] as const;

export type Preset = (typeof PRESETS)[number];

export function rankOf(preset: Preset): number {
  return PRESETS.indexOf(preset);
}

/** Only an owner may give these to anyone. */
export const OWNER_GIVEN: ReadonlySet<Permission> = new Set([
  'policy.manage',
  'accounts.protected',
  'settings.manage',
  'panels.manage',
]);

const HELPER = ['accounts.view', 'accounts.notes', 'credits.view'] as const satisfies readonly Permission[];

const MODERATOR = [
  ...HELPER,
  'accounts.reveal',
  'accounts.create',
  'accounts.edit',
  'accounts.suspend',
  'accounts.verify',
  'accounts.sessions',
  'servers.suspend',
  'credits.grant',
  'links.manage',
  'notify.send',
  'audit.view',
] as const satisfies readonly Permission[];

const ACCOUNTANT = [
  ...MODERATOR,
  'credits.deduct',
  'credits.set',
  'credits.approve',
  'limits.edit',
  'vouchers.manage',
  'accounts.export',
  'operations.settle',
] as const satisfies readonly Permission[];

const ADMINISTRATOR = [
  ...ACCOUNTANT,
  'accounts.email',
  'accounts.delete',
  'accounts.restore',
  'accounts.password',
  'accounts.roles',
  'accounts.security',
  'bulk.run',
] as const satisfies readonly Permission[];

/** What each preset holds. An administrator gets the owner-given ones only from an owner, one by one. */
export const PRESET_PERMISSIONS: Readonly<Record<Preset, readonly Permission[]>> = {
  member: [],
  helper: HELPER,
  moderator: MODERATOR,
  accountant: ACCOUNTANT,
  administrator: ADMINISTRATOR,
  owner: PERMISSIONS,
};

/** The right that somebody needs to do it, and to add to the record of what they did. */
export const VERB_PERMISSIONS: Readonly<Record<Verb, Permission>> = {
  'account.create': 'accounts.create',
  'account.edit': 'accounts.edit',
  'account.suspend': 'accounts.suspend',
  'account.unsuspend': 'accounts.suspend',
  'account.schedule_deletion': 'accounts.delete',
  'account.keep': 'accounts.restore',
  'account.delete': 'accounts.delete',
  'account.restore': 'accounts.restore',
  'account.verify': 'accounts.verify',
  'account.role': 'accounts.roles',
  'credits.grant': 'credits.grant',
  'credits.deduct': 'credits.deduct',
  'credits.set': 'credits.set',
  'account.notify': 'notify.send',
  'account.password': 'accounts.password',
  'account.discord': 'links.manage',
  'limit.add': 'limits.edit',
  'limit.remove': 'limits.edit',
  'limit.set': 'limits.edit',
  'voucher.create': 'vouchers.manage',
  'voucher.revoke': 'vouchers.manage',
  'server.suspend': 'servers.suspend',
  'server.unsuspend': 'servers.suspend',
};
