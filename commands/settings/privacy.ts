import { command } from '../../src/discord/command.ts';
import { saveSettings } from '../answers/settings.ts';
import { wholeNumber } from '../options/whole-number.ts';

export default command({
  name: 'settings privacy',
  description: 'Change for how long what is personal is kept',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Privacy',
  options: {
    months: wholeNumber({
      label: 'Personal part of the record, in months',
      description: 'For how many months the personal part of the audit log is kept',
      least: 1,
      most: 120,
    }),
  },
  prefill: async ({ ctx }) => ({ values: { months: String(ctx.settings.current().personalMonths) } }),
  run: ({ ctx }, { months }) => saveSettings(ctx, { personalMonths: months }),
});
