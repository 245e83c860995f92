import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { saveSettings } from '../answers/settings.ts';
import { wholeNumber } from '../options/whole-number.ts';

/** 25 reasons of 80 characters, each on its line. */
const REASONS_LENGTH = 2_100;

export default command({
  name: 'settings reasons',
  description: 'Change the reasons that are offered, and when a repeat asks first',
  permission: 'settings.manage',
  ability: null,
  scope: 'internal',
  answer: 'private',
  formTitle: 'Reasons and repeats',
  options: {
    reasons: {
      type: 'text',
      description: 'The reasons that are offered, one a line',
      label: 'The team’s reasons, one a line',
      schema: z.string().max(REASONS_LENGTH).default('').transform(linesOf),
      required: false,
      offered: true,
      paragraph: true,
      maxLength: REASONS_LENGTH,
    },
    window: wholeNumber({
      label: 'Warn of a repeat within, in minutes',
      description: 'For how many minutes the same change of the same account asks first; 0 never asks',
      least: 0,
      most: 1_440,
    }),
  },
  prefill: async ({ ctx }) => {
    const { reasons, repeatWindowMinutes } = ctx.settings.current();
    return { values: { reasons: reasons.join('\n'), window: String(repeatWindowMinutes) } };
  },
  run: ({ ctx }, input) => saveSettings(ctx, { reasons: input.reasons, repeatWindowMinutes: input.window }),
});

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}
