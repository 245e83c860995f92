/** Whether people would be answered now. */
import type { PanelHealth, Panels } from '../panels/panel.ts';
import type { Store } from '../store/connect.ts';

/** Each part by name, and whether it is ready. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface ReadinessParts {
  readonly store: Store;
  readonly panels: Panels;
  /** Whether Discord is connected. */
  connected(): Promise<boolean>;
}

const TIMEOUT_MS = 2_000;

export function createReadiness(parts: ReadinessParts): () => Promise<Readiness> {
  const checks: Record<string, () => Promise<boolean>> = {
    store: async () => (await parts.store.sql`select 1`).length === 1,
    discord: parts.connected,
  };
  for (const { id } of parts.panels.all) checks[`panel:${id}`] = async () => answers(parts.panels.health(id));
  return async () => {
    const entries = Object.entries(checks).map(async ([name, check]) => [name, await inTime(check)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
}

/** It was asked, and has nothing against us. */
function answers({ state, failure }: PanelHealth): boolean {
  return state === 'up' && failure === null;
}

/** False as well when it fails or takes too long. */
async function inTime(check: () => Promise<boolean>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, TIMEOUT_MS, false);
  try {
    return await Promise.race([check(), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
