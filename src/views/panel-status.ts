import type { PanelFailure } from '../domain/refusal.ts';
import { panelWords as words } from '../locales/en/panels.ts';
import { join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { type CrawlFacts, crawlBar } from './panel-sync.ts';
import {
  button,
  buttonRows,
  facts,
  fitBlocks,
  fitTexts,
  heading,
  line,
  lines,
  paragraph,
  run,
  subtext,
} from './parts.ts';
import type { Block, Tone, View } from './view.ts';

export interface PanelFacts {
  readonly id: string;
  readonly label: string;
  readonly health: {
    readonly state: 'unknown' | 'up' | 'down';
    readonly since: Date;
    readonly probe: { readonly product: string; readonly version: string; readonly warnings: readonly string[] } | null;
    readonly probedAt: Date | null;
    readonly failure: PanelFailure | null;
    readonly detail?: string | null;
  };
  readonly crawl: CrawlFacts;
  readonly rate: { readonly perMinute: number; readonly left: number } | null;
  readonly abilities: readonly string[];
  readonly missing: readonly { readonly ability: string; readonly why: string | null }[];
}

/** As many as one message takes. */
const MOST = 10;

/** How one panel is, with all that is known of it; of several, a line each. `amongSeveral`: there is a way back to all of them. */
export function panelStatusView(
  panels: readonly PanelFacts[],
  { amongSeveral }: { readonly amongSeveral: boolean },
): View<'private'> {
  const [panel, ...others] = panels;
  if (!panel) return { visibility: 'private', tone: 'neutral', blocks: [paragraph(words.none)] };
  return others.length === 0 ? oneView(panel, amongSeveral) : severalView(panels);
}

function severalView(panels: readonly PanelFacts[]): View<'private'> {
  const shown = panels.slice(0, MOST);
  const left = panels.length - shown.length;
  const texts = fitTexts(shown, ({ label, health, crawl }, limit) =>
    lines([text`**${untrusted(label, limit)}**`, stateWords(health), subtext(crawlWords(crawl))]),
  );
  return {
    visibility: 'private',
    tone: worstOf(panels.map(toneOf)),
    blocks: [
      paragraph(heading(words.title)),
      ...shown.map(
        ({ id }, index): Block => ({
          kind: 'section',
          text: texts[index] ?? text``,
          accessory: button(words.details, run('panel status', { panel: id }, 'update')),
        }),
      ),
      ...(left > 0 ? [paragraph(subtext(words.more(left)))] : []),
    ],
  };
}

function oneView(panel: PanelFacts, amongSeveral: boolean): View<'private'> {
  const { id } = panel;
  const look = (label: string, options: { panel?: string }) => button(label, run('panel status', options, 'update'));
  return {
    visibility: 'private',
    tone: toneOf(panel),
    blocks: [
      ...fitBlocks((limit) => detailBlocks(panel, limit)),
      ...buttonRows([
        button(words.sync, run('panel sync', { panel: id }), 'primary'),
        look(words.refresh, { panel: id }),
        ...(amongSeveral ? [look(words.all, {})] : []),
      ]),
    ],
  };
}

function detailBlocks(panel: PanelFacts, limit: number): readonly Block[] {
  const { label, health, crawl } = panel;
  return [
    paragraph(
      lines([
        heading(untrusted(label, 60)),
        stateWords(health),
        health.failure ? words.failure(health.failure, label, health.detail ?? null) : null,
        ...(health.probe?.warnings ?? []).map((warning) => words.warning(warning, limit)),
      ]),
    ),
    ...factsOf(panel, limit),
    line(),
    paragraph(lines([words.accounts, accountFacts(crawl, label)])),
    line(),
    paragraph(abilityLines(panel, limit)),
  ];
}

function factsOf({ health: { probe, probedAt }, rate }: PanelFacts, limit: number): readonly Block[] {
  const { labels } = words;
  const rows = [
    probe && ([labels.product, words.product(probe.product, probe.version, limit)] as const),
    probedAt && ([labels.asked, moment(probedAt)] as const),
    rate && ([labels.rate, words.rate(rate.left, rate.perMinute)] as const),
  ];
  return rows.some((row) => row !== null) ? [paragraph(facts(rows))] : [];
}

function accountFacts(crawl: CrawlFacts, label: string): Text {
  const { labels } = words;
  const { last, failure, phase } = crawl;
  const isAtWork = phase !== 'idle' || crawl.requested;
  return facts([
    [labels.lastRead, last ? words.lastRead(last) : words.neverRead],
    isAtWork ? [labels.now, join([phase === 'idle' ? null : crawlBar(crawl), nowWords(crawl)])] : null,
    failure ? [labels.trouble, words.trouble(failure.kind, failure.at, label)] : null,
  ]);
}

/** What it cannot, with its reason where there is one; the others together. */
function abilityLines({ abilities, missing }: PanelFacts, limit: number): Text {
  const unexplained = missing.filter(({ why }) => why === null).map(({ ability }) => ability);
  return lines([
    abilities.length === 0 ? null : words.can(abilities),
    unexplained.length === 0 ? null : words.cannot(unexplained),
    ...missing.map(({ ability, why }) => (why === null ? null : words.cannotBecause(ability, why, limit))),
  ]);
}

function stateWords({ state, since, failure }: PanelFacts['health']): Text {
  if (state === 'unknown') return words.state.unknown;
  if (state === 'down') return words.state.down(since);
  return failure ? words.state.objecting(since) : words.state.up(since);
}

function crawlWords(crawl: CrawlFacts): Text {
  if (crawl.phase !== 'idle') return join([crawlBar(crawl), nowWords(crawl)]);
  return words.accountsRead(crawl.last);
}

function nowWords({ phase, startedAt }: CrawlFacts): Text {
  if (phase === 'idle' || startedAt === null) return words.requested;
  return phase === 'reading' ? words.reading(startedAt) : words.confirming(startedAt);
}

function toneOf({ health: { state, failure, probe }, crawl }: PanelFacts): Tone {
  if (state === 'down') return 'bad';
  if (state === 'unknown') return 'neutral';
  return failure || crawl.failure || (probe?.warnings.length ?? 0) > 0 ? 'warning' : 'good';
}

function worstOf(tones: readonly Tone[]): Tone {
  return (['bad', 'warning', 'neutral'] as const).find((tone) => tones.includes(tone)) ?? 'good';
}
