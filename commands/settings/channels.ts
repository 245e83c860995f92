import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { saveSettings } from '../answers/settings.ts';
import { severalValues } from '../options/several.ts';

/** One form with all channels, filled in: what is emptied there is emptied. */
export default command({
  name: 'settings channels',
  description: 'Change which channels are used for what',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Channels',
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
      schema: severalValues,
      required: false,
      offered: true,
    },
    approvals_channel: {
      type: 'channel',
      description: 'Where approvals and unclear operations are laid before people',
      label: 'Approvals channel',
      schema: z.string().optional(),
      required: false,
      offered: true,
    },
    alert_role: {
      type: 'role',
      description: 'Who is mentioned where people are needed',
      label: 'Role that is mentioned there',
      schema: z.string().optional(),
      required: false,
      offered: true,
    },
  },
  prefill: async ({ ctx }) => {
    const { auditChannelId, staffChannelIds, approvalsChannelId, alertRoleId } = ctx.settings.current();
    return {
      values: {
        ...(auditChannelId === null ? {} : { audit_channel: auditChannelId }),
        ...(staffChannelIds.length === 0 ? {} : { staff_channels: staffChannelIds.join(',') }),
        ...(approvalsChannelId === null ? {} : { approvals_channel: approvalsChannelId }),
        ...(alertRoleId === null ? {} : { alert_role: alertRoleId }),
      },
    };
  },
  run: ({ ctx }, input) =>
    saveSettings(ctx, {
      auditChannelId: input.audit_channel ?? null,
      staffChannelIds: input.staff_channels,
      approvalsChannelId: input.approvals_channel ?? null,
      alertRoleId: input.alert_role ?? null,
    }),
});
