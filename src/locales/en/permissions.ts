import type { Permission, Preset } from '../../domain/permission.ts';
import { type Text, text } from '../text.ts';

/** What each permission lets a person do, to stand after "may" or "to". */
export const permissionWords: Readonly<Record<Permission, Text>> = {
  'accounts.view': text`look at accounts`,
  'accounts.reveal': text`see e-mail addresses`,
  'accounts.create': text`create accounts`,
  'accounts.edit': text`edit accounts`,
  'accounts.email': text`change e-mail addresses`,
  'accounts.suspend': text`suspend accounts and lift suspensions`,
  'accounts.delete': text`delete accounts`,
  'accounts.restore': text`restore deleted accounts`,
  'accounts.password': text`set new passwords`,
  'accounts.roles': text`change roles in the panel`,
  'accounts.verify': text`mark e-mail addresses as verified`,
  'accounts.security': text`manage two-factor authentication and keys`,
  'accounts.sessions': text`end sessions`,
  'accounts.notes': text`read and write notes`,
  'accounts.export': text`export accounts`,
  'accounts.protected': text`act on the panel’s administrators`,
  'servers.suspend': text`suspend servers`,
  'credits.view': text`look at credits`,
  'credits.grant': text`give credits`,
  'credits.deduct': text`take credits away`,
  'credits.set': text`set a balance`,
  'credits.approve': text`approve credits`,
  'limits.edit': text`change server limits`,
  'vouchers.manage': text`manage vouchers`,
  'links.manage': text`link members to accounts`,
  'notify.send': text`send notifications`,
  'bulk.run': text`act on many accounts at once`,
  'operations.settle': text`settle unclear operations`,
  'audit.view': text`search the audit log`,
  'policy.manage': text`decide who may do what`,
  'settings.manage': text`change the settings`,
  'panels.manage': text`manage the connected panels`,
};

export const presetWords: Readonly<Record<Preset, Text>> = {
  member: text`Member`,
  helper: text`Helper`,
  moderator: text`Moderator`,
  accountant: text`Accountant`,
  administrator: text`Administrator`,
  owner: text`Owner`,
};
