import { command } from '../../src/discord/command.ts';
import { saveSettings } from '../answers/settings.ts';
import { wholeNumber } from '../options/whole-number.ts';

export default command({
  name: 'settings undo',
  description: 'Change for how long things can be taken back',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Undo and deletion',
  options: {
    window: wholeNumber({
      label: 'Can be taken back for, in minutes',
      description: 'For how many minutes what was done can be taken back; 0: not at all',
      least: 0,
      most: 1_440,
    }),
    grace: wholeNumber({
      label: 'Grace before a deletion, in hours',
      description: 'How many hours lie between the decision to delete an account and its deletion; 0: none',
      least: 0,
      most: 720,
    }),
  },
  prefill: async ({ ctx }) => {
    const { undoMinutes, graceHours } = ctx.settings.current();
    return { values: { window: String(undoMinutes), grace: String(graceHours) } };
  },
  run: ({ ctx }, input) => saveSettings(ctx, { undoMinutes: input.window, graceHours: input.grace }),
});
