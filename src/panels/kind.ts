import type { z } from 'zod';
import type { Sql } from '../store/connect.ts';
import type { Panel } from './panel.ts';

/** What every panel is told of itself, whatever its kind. */
export interface PanelIdentity {
  readonly id: string;
  /** What people call it. */
  readonly label: string;
}

/** A setting that keeps a panel from being made. */
export interface SettingFault {
  /** Without the `PANEL_<ID>_` before it. */
  readonly variable: string;
  /** Goes on after the variable's name, such as "is missing". */
  readonly problem: string;
}

/** One kind of panel: what it wants to be told, and how it is made. */
export interface PanelKind {
  /** What it is told as `PANEL_<ID>_<NAME>`, each with its mend as the description. */
  readonly variables: z.ZodObject;
  /** What is wrong with the values together, that is not with any by itself. */
  fault(values: unknown): SettingFault | null;
  /** Makes one. It is not asked anything yet. */
  create(identity: PanelIdentity, values: unknown, store: { readonly sql: Sql }): Panel;
}

/** A kind of panel by its own types. */
export function panelKind<Variables extends z.ZodObject>(kind: {
  readonly variables: Variables;
  readonly fault?: (values: z.output<Variables>) => SettingFault | null;
  readonly create: (identity: PanelIdentity, values: z.output<Variables>, store: { readonly sql: Sql }) => Panel;
}): PanelKind {
  const { variables, fault, create } = kind;
  return {
    variables,
    fault: (values) => fault?.(values as z.output<Variables>) ?? null,
    create: (identity, values, store) => create(identity, values as z.output<Variables>, store),
  };
}
