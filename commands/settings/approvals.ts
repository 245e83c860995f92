import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { PRESETS } from '../../src/domain/permission.ts';
import { meantWords } from '../../src/locales/en/operations.ts';
import { presetWords } from '../../src/locales/en/permissions.ts';
import { APPROVABLE_VERBS } from '../../src/services/settings/schema.ts';
import { saveSettings } from '../answers/settings.ts';
import { capitalised } from '../options/choices.ts';
import { severalValues } from '../options/several.ts';
import { wholeNumber } from '../options/whole-number.ts';

export default command({
  name: 'settings approvals',
  description: 'Change what needs an approval, and whose',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Approvals',
  options: {
    approvers: {
      type: 'choice',
      description: 'How many people must approve',
      label: 'How many must approve',
      choices: [
        { name: 'One person', value: '1' },
        { name: 'Two people', value: '2' },
      ],
      schema: z.enum(['1', '2']).transform((count) => (count === '1' ? 1 : 2)),
      required: true,
    },
    hours: wholeNumber({
      label: 'Declined after, in hours',
      description: 'After how many hours what nobody approved is declined',
      least: 1,
      most: 168,
    }),
    verbs: {
      type: 'choice',
      several: true,
      description: 'What needs an approval within limits too',
      label: 'Always needs an approval',
      choices: APPROVABLE_VERBS.map((value) => ({ name: capitalised(meantWords[value]), value })),
      schema: severalValues.pipe(z.array(z.enum(APPROVABLE_VERBS))),
      required: false,
      offered: true,
    },
    exempt: {
      type: 'choice',
      description: 'From which rank on nobody needs an approval for that',
      label: 'Except for those who rank at least',
      choices: PRESETS.filter((value) => value !== 'member').map((value) => ({ name: presetWords[value], value })),
      schema: z.enum(PRESETS),
      required: true,
    },
  },
  prefill: async ({ ctx }) => {
    const { approvers, approvalHours, approvalVerbs, approvalExempt } = ctx.settings.current();
    return {
      values: {
        approvers: String(approvers),
        hours: String(approvalHours),
        ...(approvalVerbs.length === 0 ? {} : { verbs: approvalVerbs.join(',') }),
        exempt: approvalExempt,
      },
    };
  },
  run: ({ ctx }, input) =>
    saveSettings(ctx, {
      approvers: input.approvers,
      approvalHours: input.hours,
      approvalVerbs: input.verbs,
      approvalExempt: input.exempt,
    }),
});
