import { command } from '../../src/discord/command.ts';
import { settingsView } from '../../src/views/settings.ts';

export default command({
  name: 'settings',
  description: 'Show the settings, and change them',
  permission: 'settings.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {},
  run: async ({ ctx }) => settingsView(ctx.settings.current(), { saved: false, unreachable: new Set() }),
});
