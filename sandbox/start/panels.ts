/** The panels that the sandbox runs with: the built-in one, or doubles of real ones in the sandbox's own process. */
import { PANEL } from '../panel.ts';
import type { PanelDouble } from '../panels/double.ts';
import { type DoubleName, startDoubles } from './doubles.ts';

export type PanelName = 'builtin' | DoubleName;

/** As Steward is told of them. */
const KINDS = { ctrlpanel: 'ctrlpanel', pterodactyl: 'pterodactyl', pelican: 'pterodactyl' } as const;
const LABELS = { ctrlpanel: 'CtrlPanel.gg', pterodactyl: 'Pterodactyl', pelican: 'Pelican' } as const;
/** Whose key Steward has in a Pterodactyl or Pelican: the first account's. */
const ADMIN_ID = '1';
const PANEL_NAMES: readonly string[] = ['builtin', ...Object.keys(KINDS)];

export interface RunningPanel {
  readonly id: DoubleName;
  readonly label: string;
  readonly double: PanelDouble;
}

export interface RunningPanels {
  /** Those that Steward is connected to and that can be stopped; the built-in one cannot. */
  readonly doubles: readonly RunningPanel[];
  /** What the bot is told of its panels. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @throws Error that says which panels there are */
export function chosenPanels(text: string): readonly PanelName[] {
  const names = text.split(',');
  if (!names.every((name) => PANEL_NAMES.includes(name)) || new Set(names).size !== names.length)
    throw new Error(`--panel takes one or more of ${PANEL_NAMES.join(', ')}, with commas between.`);
  return names as PanelName[];
}

/** Each combination of panels has its data in a folder of its own. */
export function dataFolderOf(names: readonly PanelName[]): string {
  return names.join() === 'builtin' ? '.sandbox' : `.sandbox-${names.join('-')}`;
}

/** The option that names one of them, which commands have where there are several. */
export function inPanel(names: readonly PanelName[], name: PanelName | undefined): { readonly panel?: string } {
  return name === undefined || names.length === 1 ? {} : { panel: idOf(name) };
}

const idOf = (name: PanelName): string => (name === 'builtin' ? PANEL.id : name);

/** @throws Error where one of their ports is taken */
export async function startPanels(names: readonly PanelName[], dataDir: string): Promise<RunningPanels> {
  const wanted = names.filter((name) => name !== 'builtin');
  const { byName, stop } = await startDoubles(wanted, dataDir);
  const doubles = wanted.flatMap((id) => {
    const double = byName.get(id);
    return double ? [{ id, label: LABELS[id], double }] : [];
  });
  return { doubles, environment: environmentOf(names, byName), stop };
}

function environmentOf(names: readonly PanelName[], byName: ReadonlyMap<DoubleName, PanelDouble>) {
  const told: Record<string, string> = {
    PANELS: names.map(idOf).join(),
  };
  if (names.includes('builtin')) Object.assign(told, variables(PANEL.id, { KIND: 'builtin', LABEL: PANEL.label }));
  for (const name of names) {
    const double = name !== 'builtin' && byName.get(name);
    if (!double) continue;
    const { url: URL, token: TOKEN } = double;
    Object.assign(told, variables(name, { KIND: KINDS[name], LABEL: LABELS[name], URL, TOKEN }));
  }
  const behind = byName.get('pterodactyl');
  // Accounts that CtrlPanel.gg made have no external ids of ours.
  for (const name of ['pterodactyl', 'pelican'] as const) {
    if (!names.includes(name)) continue;
    const isBehind = name === 'pterodactyl' && names.includes('ctrlpanel');
    Object.assign(
      told,
      variables(name, { KEY_OWNER_ID: ADMIN_ID, ...(isBehind ? {} : { DISCORD_ID: 'external_id' }) }),
    );
  }
  if (names.includes('ctrlpanel') && behind)
    Object.assign(told, variables('ctrlpanel', { PTERODACTYL_URL: behind.url, PTERODACTYL_TOKEN: behind.token }));
  return told;
}

function variables(id: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`PANEL_${id.toUpperCase()}_${name}`, value]),
  );
}
