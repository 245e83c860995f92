/** The views about panels, with one text wherever panels may write. */
import { ABILITIES } from '../../src/panels/panel.ts';
import { type PanelFacts, panelStatusView } from '../../src/views/panel-status.ts';
import { syncedView, syncingView } from '../../src/views/panel-sync.ts';
import type { View } from '../../src/views/view.ts';
import { NOW } from './samples.ts';

export function panelViews(text: string): Readonly<Record<string, View>> {
  const last = { finishedAt: NOW, seen: 999_999_999, vanished: 999_999, durationMs: 999_999_999 };
  const crawl = {
    phase: 'confirming',
    requested: true,
    startedAt: NOW,
    seen: 999_999_999,
    total: 999_999_999,
    last,
    failure: { kind: 'unsupported_version', at: NOW },
  } as const;
  const worst: PanelFacts = {
    id: 'p'.repeat(16),
    label: text,
    health: {
      state: 'down',
      since: NOW,
      probe: { product: text, version: text, warnings: [text, text, text, text] },
      probedAt: NOW,
      failure: 'unsupported_version',
      detail: text,
    },
    crawl,
    rate: { perMinute: 999_999, left: 999_999 },
    abilities: ABILITIES,
    missing: ABILITIES.map((ability, index) => ({ ability, why: index % 5 === 0 ? null : text })),
  };
  const quiet: PanelFacts = {
    ...worst,
    health: { state: 'unknown', since: NOW, probe: null, probedAt: null, failure: null },
    crawl: { phase: 'idle', requested: false, startedAt: null, seen: 0, total: null, last: null, failure: null },
    rate: null,
    abilities: [],
    missing: [],
  };
  const panel = { id: 'main', label: text };
  return {
    'panel at its worst': panelStatusView([worst], { amongSeveral: true }),
    'panel that was never asked': panelStatusView([quiet], { amongSeveral: false }),
    'many panels': panelStatusView(
      Array.from({ length: 30 }, () => worst),
      { amongSeveral: false },
    ),
    'no panels': panelStatusView([], { amongSeveral: false }),
    'panel being read': syncingView({ panel, crawl }),
    'panel that will be read': syncingView({ panel, crawl: { ...quiet.crawl, requested: true } }),
    'panel that was read': syncedView({ panel, crawl }),
  };
}
