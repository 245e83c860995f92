import { z } from 'zod';

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
} as const;

export type SettingName = keyof typeof SETTINGS;

export type Settings = { readonly [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]> };

/** What holds until the team says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  auditChannelId: null,
  staffChannelIds: [],
  reasons: ['Outage compensation', 'Event prize', 'Correction of a mistake', 'Chargeback', 'Breach of the rules'],
  repeatWindowMinutes: 10,
};

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}
