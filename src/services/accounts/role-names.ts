import type { Panel } from '../../panels/panel.ts';
import type { Services } from '../context.ts';

interface Known {
  readonly names: readonly string[];
  readonly atMs: number;
}

const known = new WeakMap<Panel, Known>();
const FRESH_MS = 5 * 60_000;

/**
 * The names of a panel's roles as they were last read: from memory, because whoever completes what is being typed cannot wait for a
 * panel. Read again in the background when they are older than five minutes; empty until they were read once.
 */
export function knownRoles(services: Services, panelId: string): readonly string[] {
  const panel = services.panels.all.find(({ id }) => id === panelId);
  if (!panel?.roles) return [];
  const last = known.get(panel);
  const nowMs = services.clock.now().getTime();
  if (!last || nowMs - last.atMs > FRESH_MS) {
    known.set(panel, { names: last?.names ?? [], atMs: nowMs });
    void readRoles(services, panel);
  }
  return last?.names ?? [];
}

async function readRoles({ clock, log, timing }: Services, panel: Panel): Promise<void> {
  try {
    const choices = (await panel.roles?.choices({ signal: AbortSignal.timeout(timing.readTimeoutMs) })) ?? [];
    known.set(panel, { names: choices.map(({ name }) => name), atMs: clock.now().getTime() });
  } catch (error) {
    known.delete(panel);
    log.warn({ error, panel: panel.id }, 'the roles of a panel could not be read');
  }
}
