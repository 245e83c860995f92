import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { memberNoticeLabels } from '../../src/locales/en/settings.ts';
import { MEMBER_NOTICES } from '../../src/services/settings/schema.ts';
import { saveSettings } from '../answers/settings.ts';
import { severalValues } from '../options/several.ts';

export default command({
  name: 'settings members',
  description: 'Change what members are told of',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'What members are told',
  options: {
    notices: {
      type: 'choice',
      several: true,
      description: 'Of what members are told that was done to their accounts',
      label: 'Members are told of',
      choices: MEMBER_NOTICES.map((value) => ({ name: memberNoticeLabels[value], value })),
      schema: severalValues.pipe(z.array(z.enum(MEMBER_NOTICES))),
      required: false,
      offered: true,
    },
  },
  prefill: async ({ ctx }) => {
    const { memberNotices } = ctx.settings.current();
    return { values: memberNotices.length === 0 ? {} : { notices: memberNotices.join(',') } };
  },
  run: ({ ctx }, { notices }) => saveSettings(ctx, { memberNotices: notices }),
});
