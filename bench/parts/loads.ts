import type { Load } from '../discord/load.ts';
import type { Options } from '../options.ts';
import { ACCOUNT_NAME } from '../people.ts';

export const viewing = ({ atOnce }: Pick<Options, 'atOnce'>, durationMs: number): Load => ({
  command: 'account view',
  by: 'members',
  atOnce,
  durationMs,
  expected: ACCOUNT_NAME,
});

export const crediting = ({ atOnce }: Pick<Options, 'atOnce'>, durationMs: number): Load => ({
  command: 'credits add',
  by: 'staff',
  atOnce,
  durationMs,
  expected: '**+1',
});
