import { refuse } from '../domain/refusal.ts';
import type { Store } from '../store/connect.ts';
import { createBuiltinPanel } from './builtin/panel.ts';
import type { Panel, Panels } from './panel.ts';

/** What is configured of one panel, whatever its kind. */
export interface PanelSettings {
  readonly id: string;
  readonly kind: PanelKind;
  /** What people call it. */
  readonly label: string;
}

/** How each kind of panel is made. A new kind is one line here and a folder beside. */
const KINDS = {
  builtin: ({ id, label }: PanelSettings, store: Store): Panel => createBuiltinPanel({ id, label, sql: store.sql }),
} as const;

export type PanelKind = keyof typeof KINDS;

/** The kinds that can be configured, for messages about one that cannot. */
export const PANEL_KINDS = Object.keys(KINDS) as readonly PanelKind[];

/** Makes the configured panels, in their order. None of them is asked anything yet. */
export function createPanels(settings: readonly PanelSettings[], store: Store): Panels {
  return panelsOf(settings.map((panel) => KINDS[panel.kind](panel, store)));
}

/** The panels as services know them. */
export function panelsOf(all: readonly Panel[]): Panels {
  const byId = new Map(all.map((panel) => [panel.id, panel]));
  if (byId.size !== all.length) throw new Error(`two panels have the same id: ${all.map(({ id }) => id).join(', ')}`);
  return {
    all,
    get(id) {
      const panel = byId.get(id);
      if (!panel) throw refuse('panel.unknown', { panel: id });
      return panel;
    },
  };
}
