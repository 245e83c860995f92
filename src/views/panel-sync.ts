import type { PanelFailure } from '../domain/refusal.ts';
import { panelWords, syncWords as words } from '../locales/en/panels.ts';
import type { Text } from '../locales/text.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import { progressBar } from './progress-bar.ts';
import type { View } from './view.ts';

/** How the reading of a panel's accounts stands. */
export interface CrawlFacts {
  readonly phase: 'idle' | 'reading' | 'confirming';
  readonly requested: boolean;
  readonly startedAt: Date | null;
  readonly seen: number;
  readonly total: number | null;
  readonly last: {
    readonly finishedAt: Date;
    readonly seen: number;
    readonly vanished: number;
    readonly durationMs: number | null;
  } | null;
  readonly failure: { readonly kind: PanelFailure; readonly at: Date } | null;
}

interface SyncFacts {
  readonly panel: { readonly id: string; readonly label: string };
  readonly crawl: CrawlFacts;
}

/** How far it has come. */
export function syncingView({ panel, crawl }: SyncFacts): View<'private'> {
  const { failure, phase } = crawl;
  return {
    visibility: 'private',
    tone: failure ? 'warning' : 'info',
    blocks: [
      paragraph(
        lines([
          heading(words.reading(panel.label)),
          phase === 'idle' ? words.begins : crawlBar(crawl),
          phase === 'confirming' ? words.confirming : null,
          failure ? panelWords.trouble(failure.kind, failure.at, panel.label) : null,
        ]),
      ),
      paragraph(subtext(words.elsewhere)),
    ],
  };
}

/** What came of it. */
export function syncedView({ panel, crawl: { last } }: SyncFacts): View<'private'> {
  return {
    visibility: 'private',
    tone: 'good',
    blocks: [
      paragraph(lines([heading(words.done(panel.label)), last ? words.outcome(last) : null])),
      ...buttonRows([button(panelWords.status, run('panel status', { panel: panel.id }))]),
    ],
  };
}

/** Of how many is not said by every panel: then there are about as many as there were. */
export function crawlBar({ seen, total, last }: CrawlFacts): Text {
  return progressBar({ seen, total: total ?? last?.seen ?? null, isGuess: total === null });
}
