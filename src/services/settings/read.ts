import type { Sql, Store, Transaction } from '../../store/connect.ts';
import type { PolicySnapshots } from '../policy/snapshot.ts';
import { DEFAULT_SETTINGS, isSettingName, SETTINGS, type Settings } from './schema.ts';

export type { Settings } from './schema.ts';

/** The settings in memory. They follow a change by anyone within a second, as grants do. */
export interface SettingsSnapshots {
  current(): Settings;
}

export async function watchSettings(store: Store, policy: PolicySnapshots): Promise<SettingsSnapshots> {
  let settings = DEFAULT_SETTINGS;
  await policy.subscribe(async () => {
    settings = await storedSettings(store.sql);
  });
  return { current: () => settings };
}

/** The settings as they are stored now. One that this version cannot read counts as not set. */
export async function storedSettings(sql: Sql | Transaction): Promise<Settings> {
  const rows = await sql<{ name: string; value: unknown }[]>`select name, value from settings`;
  const stored = rows.flatMap(({ name, value }) => {
    if (!isSettingName(name)) return [];
    const parsed = SETTINGS[name].safeParse(value);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(stored) };
}
