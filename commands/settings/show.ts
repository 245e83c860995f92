import { command } from '../../src/discord/command.ts';
import { showSettings } from '../answers/settings.ts';

export default command({
  name: 'settings',
  description: 'Show the settings, and change them',
  permission: 'settings.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {},
  run: ({ ctx }) => showSettings(ctx),
});
