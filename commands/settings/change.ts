import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { changeSettings } from '../../src/services/settings/change.ts';
import { settingsView } from '../../src/views/settings.ts';

const A_DAY_MINUTES = 1_440;

/** One form with all of them, filled in: what is emptied there is emptied. */
export default command({
  name: 'settings change',
  description: 'Change the settings',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Settings',
  options: {
    audit_channel: {
      type: 'channel',
      description: 'Where every change is posted',
      label: 'Audit channel',
      schema: z.string().optional(),
      required: false,
      offered: true,
    },
    staff_channels: {
      type: 'channel',
      several: true,
      description: 'Where outcomes are public, without what is personal',
      label: 'Staff channels',
      schema: z
        .string()
        .default('')
        .transform((ids) => ids.split(',').filter((id) => id !== '')),
      required: false,
      offered: true,
    },
    reasons: {
      type: 'text',
      description: 'The reasons that are offered, one a line',
      label: 'The team’s reasons, one a line',
      schema: z.string().max(2_100).default('').transform(linesOf),
      required: false,
      offered: true,
      paragraph: true,
      maxLength: 2_100,
    },
    window: {
      type: 'text',
      description: 'For how many minutes the same amount on the same account asks first',
      label: 'Warn of a repeat within, in minutes',
      schema: z
        .string()
        .trim()
        .refine((text) => /^\d{1,4}$/.test(text) && Number(text) <= A_DAY_MINUTES, {
          message: 'Write a whole number of minutes, a day at most.',
        })
        .transform(Number),
      required: true,
      maxLength: 4,
    },
  },
  prefill: async ({ ctx }) => {
    const { auditChannelId, staffChannelIds, reasons, repeatWindowMinutes } = ctx.settings.current();
    return {
      values: {
        ...(auditChannelId === null ? {} : { audit_channel: auditChannelId }),
        ...(staffChannelIds.length === 0 ? {} : { staff_channels: staffChannelIds.join(',') }),
        reasons: reasons.join('\n'),
        window: String(repeatWindowMinutes),
      },
    };
  },
  run: async ({ ctx }, input) => {
    const settings = await changeSettings(ctx, {
      auditChannelId: input.audit_channel ?? null,
      staffChannelIds: input.staff_channels,
      reasons: input.reasons,
      repeatWindowMinutes: input.window,
    });
    return settingsView(settings, true);
  },
});

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}
