import type { UserMenu } from '../../src/discord/command.ts';

/** What a right-click on a member offers. */
export const menus: readonly UserMenu[] = [
  { name: 'View account', command: 'user view' },
  { name: 'Give credits', command: 'credits add' },
  { name: 'Suspend account', command: 'user suspend' },
];
