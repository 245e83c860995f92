import { z } from 'zod';
import type { Verb } from '../../domain/operation.ts';
import { PRESETS } from '../../domain/permission.ts';

/** What can be made to need an approval always. */
export const APPROVABLE_VERBS = [
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'account.role',
  'account.delete',
  'account.restore',
] as const satisfies readonly Verb[];

/** The groups of news that members may be told. That their e-mail address was changed, they always are. */
export const MEMBER_NOTICES = ['credits', 'suspension', 'deletion', 'details'] as const;

const channelId = z.string().regex(/^\d{1,20}$/);

/** Every setting, as it is stored and as it is typed. */
export const SETTINGS = {
  /** Where a line for each change is posted; null: nowhere yet. */
  auditChannelId: z.nullable(channelId),
  /** Channels in which outcomes are public. At most 25, which is what one select takes. */
  staffChannelIds: z.array(channelId).max(25),
  /** The team's reasons, offered wherever one is asked for: at most 25 of at most 80 characters. */
  reasons: z.array(z.string().trim().min(1).max(80)).max(25),
  /** For how many minutes the same change of the same account is taken for a likely repeat; 0 never asks. */
  repeatWindowMinutes: z.int().min(0).max(1_440),
  /** Where approvals and doubtful operations are laid before people; null: nowhere, and what would need an approval is refused. */
  approvalsChannelId: z.nullable(channelId),
  /** The one role that is mentioned on such a card; null: nobody is. */
  alertRoleId: z.nullable(channelId),
  /** How many people must approve. */
  approvers: z.union([z.literal(1), z.literal(2)]),
  /** After how many hours what nobody approved is declined. */
  approvalHours: z.int().min(1).max(168),
  /** What always needs an approval, within limits too. */
  approvalVerbs: z.array(z.enum(APPROVABLE_VERBS)),
  /** Nobody of this rank or above needs an approval for what always needs one. */
  approvalExempt: z.enum(PRESETS),
  /** For how many minutes what was done can be taken back; 0: not at all. */
  undoMinutes: z.int().min(0).max(1_440),
  /** How many hours lie between the decision to delete an account and its deletion; 0: none. */
  graceHours: z.int().min(0).max(720),
  /** Of what members are told that was done to their accounts. */
  memberNotices: z.array(z.enum(MEMBER_NOTICES)),
  /** For how many months the personal part of the audit log is kept. */
  personalMonths: z.int().min(1).max(120),
} as const;

export type SettingName = keyof typeof SETTINGS;

export type Settings = { readonly [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]> };

/** What holds until the team says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  auditChannelId: null,
  staffChannelIds: [],
  reasons: ['Outage compensation', 'Event prize', 'Correction of a mistake', 'Chargeback', 'Breach of the rules'],
  repeatWindowMinutes: 10,
  approvalsChannelId: null,
  alertRoleId: null,
  approvers: 1,
  approvalHours: 24,
  approvalVerbs: [],
  approvalExempt: 'owner',
  undoMinutes: 15,
  graceHours: 72,
  memberNotices: ['credits', 'suspension', 'deletion'],
  personalMonths: 24,
};

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}
