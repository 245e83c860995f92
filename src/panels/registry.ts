import { refuse } from '../domain/refusal.ts';
import type { Store } from '../store/connect.ts';
import { BUILTIN } from './builtin/kind.ts';
import { CTRLPANEL } from './ctrlpanel/kind.ts';
import type { PanelIdentity, PanelKind } from './kind.ts';
import type { Panel, PanelHealth, Panels } from './panel.ts';
import { PTERODACTYL } from './pterodactyl/kind.ts';

/** Every kind of panel. A new one is one line here and a folder beside. */
export const KINDS = {
  builtin: BUILTIN,
  ctrlpanel: CTRLPANEL,
  pterodactyl: PTERODACTYL,
} as const satisfies Readonly<Record<string, PanelKind>>;

export type KindName = keyof typeof KINDS;

/** The kinds that can be configured, for messages about one that cannot. */
export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

/** What is configured of one panel. */
export interface PanelSettings extends PanelIdentity {
  readonly kind: KindName;
  /** As the kind's variables read them. */
  readonly values: unknown;
}

/** Makes the configured panels, in their order. None of them is asked anything yet. */
export function createPanels(settings: readonly PanelSettings[], store: Store): Panels {
  return panelsOf(settings.map(({ kind, values, ...identity }) => KINDS[kind].create(identity, values, store)));
}

const NEVER_ASKED: PanelHealth = {
  state: 'unknown',
  since: new Date(),
  probe: null,
  probedAt: null,
  failure: null,
};

/** The panels as services know them. @param health how each is; absent: nobody asks them */
export function panelsOf(all: readonly Panel[], health: Panels['health'] = () => NEVER_ASKED): Panels {
  const byId = new Map(all.map((panel) => [panel.id, panel]));
  if (byId.size !== all.length) throw new Error(`two panels have the same id: ${all.map(({ id }) => id).join(', ')}`);
  return {
    all,
    get(id) {
      const panel = byId.get(id);
      if (!panel) throw refuse('panel.unknown', { panel: id });
      return panel;
    },
    health,
  };
}
