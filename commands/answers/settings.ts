import type { Context } from '../../src/services/context.ts';
import { changeSettings, type SettingsInput } from '../../src/services/settings/change.ts';
import { unreachableChannels } from '../../src/services/settings/unreachable.ts';
import { settingsView } from '../../src/views/settings.ts';
import type { View } from '../../src/views/view.ts';

/** All settings, as they are now. */
export async function showSettings(ctx: Context): Promise<View> {
  const settings = ctx.settings.current();
  return settingsView(settings, { saved: false, unreachable: await unreachableChannels(ctx, settings) });
}

/** Saves one group of settings, and shows all of them. */
export async function saveSettings(ctx: Context, input: SettingsInput): Promise<View> {
  const settings = await changeSettings(ctx, input);
  return settingsView(settings, { saved: true, unreachable: await unreachableChannels(ctx, settings) });
}
