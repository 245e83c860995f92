/** What a panel in one process and its adapter in another say to each other: one connection for each call. */

import type { PanelFailure } from '../../../src/domain/refusal.ts';
import type { Ability, Effect, JsonValue, Panel, Traits } from '../../../src/panels/panel.ts';

/** A panel as data: what an adapter needs to stand for it. */
export interface DescribedPanel {
  readonly port: number;
  readonly id: string;
  readonly kind: string;
  readonly address: string | null;
  readonly label: string;
  readonly borrows?: Panel['borrows'];
  readonly abilities: Readonly<Partial<Record<Ability, DescribedAbility>>>;
}

export interface DescribedAbility {
  /** Absent where the group has none. */
  readonly traits?: Traits;
  readonly methods: readonly string[];
  /** Groups within the group. */
  readonly groups: Readonly<Record<string, DescribedAbility>>;
}

/** Opens a connection. */
export interface Ask {
  readonly panel: string;
  /** `get`, or an ability's own such as `credits.add` or `servers.suspension.suspend`. */
  readonly call: string;
  readonly parameters: readonly unknown[];
  /** Null for what only reads. */
  readonly reference: string | null;
}

/** Said to a step: run it, or this is what came of it. */
export type StepAnswer = { readonly kind: 'run' } | { readonly kind: 'ended'; readonly result: JsonValue };

export type Said =
  | { readonly kind: 'step'; readonly name: string; readonly options: { readonly repeatable?: boolean } }
  | { readonly kind: 'stepped'; readonly result: JsonValue }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: DescribedError }
  /** What stands before the panel answered in its stead. */
  | { readonly kind: 'status'; readonly status: 429 | 500 };

export interface DescribedError {
  readonly failure: PanelFailure;
  readonly effect: Effect;
  readonly message: string;
  readonly detail: string | null;
}
