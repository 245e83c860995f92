import type { Load } from '../discord/load.ts';
import type { Options } from '../options.ts';

/** Every name of the crowd begins so, and every account's card shows it. */
const NAME = 'crowd';

export const viewing = ({ atOnce }: Options, durationMs: number): Load => ({
  command: 'account view',
  by: 'members',
  atOnce,
  durationMs,
  expected: NAME,
});

export const crediting = ({ atOnce }: Options, durationMs: number): Load => ({
  command: 'credits add',
  by: 'staff',
  atOnce,
  durationMs,
  expected: '+1.',
});
