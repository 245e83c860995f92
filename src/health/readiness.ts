/** Whether people would be answered now. */
import type { Panel } from '../panels/panel.ts';
import type { Store } from '../store/connect.ts';

/** Each part by name, and whether it is ready. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface ReadinessParts {
  readonly store: Store;
  readonly panels: readonly Panel[];
  /** Whether Discord is connected. */
  connected(): Promise<boolean>;
}

const TIMEOUT_MS = 2_000;
/** A panel is asked so often and no more, however often we are: its requests are counted. */
const PROBE_EVERY_MS = 30_000;

export function createReadiness(parts: ReadinessParts): () => Promise<Readiness> {
  const checks: Record<string, () => Promise<boolean>> = {
    store: async () => (await parts.store.sql`select 1`).length === 1,
    discord: parts.connected,
  };
  for (const panel of parts.panels) checks[`panel:${panel.id}`] = rarely(() => probe(panel));
  return async () => {
    const entries = Object.entries(checks).map(async ([name, check]) => [name, await inTime(check)] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
}

async function probe(panel: Panel): Promise<boolean> {
  await panel.probe({ signal: AbortSignal.timeout(TIMEOUT_MS) });
  return true;
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

function rarely(check: () => Promise<boolean>): () => Promise<boolean> {
  let asked: { at: number; answer: Promise<boolean> } | null = null;
  return () => {
    if (!asked || performance.now() - asked.at > PROBE_EVERY_MS)
      asked = { at: performance.now(), answer: inTime(check) };
    return asked.answer;
  };
}
