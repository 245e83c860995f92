/** What a test and the processes of its bots say to each other. */
import type { OwedTiming } from '../../../src/discord/owed.ts';
import type { PanelSettings } from '../../../src/panels/registry.ts';
import type { Timing } from '../../../src/services/context.ts';
import type { DescribedPanel } from '../remote-panel/protocol.ts';

/** The first thing said to a process. */
export interface BotProcessOptions {
  readonly databaseUrl: string;
  readonly discord: { readonly apiUrl: string; readonly token: string };
  readonly guildIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly panels: readonly DescribedPanel[];
  /** Panels that the bot makes itself, as it is configured, and reaches by itself. */
  readonly connected: readonly PanelSettings[];
  readonly timing: Partial<Timing>;
  readonly owedTiming: OwedTiming;
}

/**
 * `hold`: everything that reaches this point from now on stops there, beside what was stopped before. `let go`: all that was stopped goes on,
 * to the point that is named, if one is. A `*` in a point stands for anything.
 */
export type Order =
  | { readonly kind: 'hold'; readonly point: string }
  | { readonly kind: 'let go'; readonly to: string | null };

export interface Report {
  readonly kind: 'ready' | 'obeyed' | 'held';
}
