import type { Context } from '../../src/services/context.ts';
import { changeSettings, type SettingsInput } from '../../src/services/settings/change.ts';
import { settingsView } from '../../src/views/settings.ts';
import type { View } from '../../src/views/view.ts';

/** Saves one group of settings, and shows all of them as they are now. */
export async function saveSettings(ctx: Context, input: SettingsInput): Promise<View> {
  return settingsView(await changeSettings(ctx, input), { saved: true, unreachable: new Set() });
}
