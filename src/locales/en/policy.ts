import type { Permission } from '../../domain/permission.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { mention, type Text, text, untrusted } from '../text.ts';
import { permissionWords } from './permissions.ts';

export const policyWords = {
  title: text`Who may do what`,
  empty: text`Nobody but the owners may do anything yet. Give a role a preset with \`/policy grant\`.`,
  granted: text`Granted`,
  revoked: text`Revoked`,
  revoke: 'Revoke',
  grant: 'Grant rights…',
  onPanel: (panel: string): Text => text`on **${untrusted(panel, 40)}**`,
  perAct: (limit: string): Text => text`up to ${untrusted(limit, 40)} at once`,
  perDay: (limit: string): Text => text`up to ${untrusted(limit, 40)} a day`,
  perActAndDay: (perAct: string, perDay: string): Text =>
    text`up to ${untrusted(perAct, 40)} at once and ${untrusted(perDay, 40)} a day`,
  owners: (owners: Text): Text => text`Owners, who may do everything: ${owners}`,
  yes: (userId: string, permission: Permission): Text =>
    text`**Yes.** ${mention(userId)} may ${permissionWords[permission]}.`,
  no: (userId: string, permission: Permission): Text =>
    text`**No.** ${mention(userId)} may not ${permissionWords[permission]}.`,
  about: (account: Text): Text => text`asked about the account ${account}`,
  because: text`**Why**`,
  owner: (userId: string): Text => text`${mention(userId)} is an owner, and owners may do everything.`,
  byRole: (userId: string, role: Text, what: Text): Text =>
    text`${mention(userId)} has the role ${role}, which holds ${what}.`,
  byUser: (userId: string, what: Text): Text => text`${mention(userId)} holds ${what}.`,
  holdsNothing: (userId: string): Text => text`${mention(userId)} holds nothing, neither by a role nor by themselves.`,
  includes: (permission: Permission): Text => text`That lets people ${permissionWords[permission]}.`,
  lacks: (permission: Permission): Text => text`None of it lets people ${permissionWords[permission]}.`,
  mend: (preset: Text): Text => text`It takes ${preset} or above, or this permission by itself: \`/policy grant\`.`,
  mendByOwner: text`Only an owner can grant this, by itself.`,
  ask: (subjects: Text): Text => text`These may: ${subjects}`,
  standsAgainst: (reason: Text): Text => text`On this account it does not hold: ${reason}`,
  nothingAgainst: text`Nothing about this account stands against it.`,
} as const;

/** Why a right that somebody has does not hold on one account, told to a third person. */
export const againstWords: Readonly<Partial<Record<RefusalCode, Text>>> = {
  'policy.oneself': text`it is their own, or was.`,
  'policy.rank': text`its member is of the same rank or above.`,
  'policy.owner_only': text`it belongs to an owner.`,
  'policy.protected': text`it administers the panel itself.`,
  'policy.recent': text`they created it, linked it or changed its e-mail address a few days ago.`,
};
