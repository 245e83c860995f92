/** The doubles of panels that the sandbox starts, with the community in them, and what they hold kept from one start to the next. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { startCtrlPanel } from '../panels/ctrlpanel/start.ts';
import type { PanelDouble } from '../panels/double.ts';
import { startPterodactyl } from '../panels/pterodactyl/start.ts';
import { tenants } from '../seed/panels/community.ts';
import { fillCtrlPanel, fillPelican, fillPterodactyl } from '../seed/panels/fill.ts';

/** Where they are unless somebody else has the port when they start for the first time. From then on they stay, for Steward remembers where a panel is. */
const PORTS = { ctrlpanel: 8441, pterodactyl: 8442, pelican: 8443 } as const;
/** How often CtrlPanel.gg's worker runs, and what the panels hold is saved, in milliseconds. */
const EVERY_MS = 1_000;

export type DoubleName = keyof typeof PORTS;

export interface RunningDoubles {
  /** Pterodactyl among them where it stands behind CtrlPanel.gg only. */
  readonly byName: ReadonlyMap<DoubleName, PanelDouble>;
  stop(): Promise<void>;
}

interface SavedDouble {
  readonly port: number;
  readonly state: Uint8Array;
}

type Saved = Partial<Record<DoubleName, SavedDouble>>;

export async function startDoubles(names: readonly DoubleName[], dataDir: string): Promise<RunningDoubles> {
  const file = join(dataDir, 'panels.bin');
  const saved: Saved | null = existsSync(file) ? deserialize(readFileSync(file)) : null;
  const start = <Double>(name: DoubleName, begin: (at: At) => Promise<Double>) => startAt(name, saved?.[name], begin);
  const has = (name: DoubleName) => names.includes(name);
  const people = saved === null ? tenants(new Date()) : [];
  const byName = new Map<DoubleName, PanelDouble>();

  if (has('pelican')) {
    const pelican = await start('pelican', (at) =>
      startPterodactyl({ product: 'pelican', requestsPerMinute: 256, ...at }),
    );
    fillPelican(pelican, people);
    byName.set('pelican', pelican);
  }
  const pterodactyl =
    has('pterodactyl') || has('ctrlpanel')
      ? await start('pterodactyl', (at) => startPterodactyl({ requestsPerMinute: 240, ...at }))
      : null;
  if (pterodactyl) byName.set('pterodactyl', pterodactyl);
  const ctrlpanel =
    pterodactyl && has('ctrlpanel')
      ? await start('ctrlpanel', (at) => startCtrlPanel({ pterodactyl, requestsPerMinute: 60, ...at }))
      : null;
  if (ctrlpanel) {
    fillCtrlPanel(ctrlpanel, people);
    byName.set('ctrlpanel', ctrlpanel);
  } else if (pterodactyl) {
    fillPterodactyl(pterodactyl, people);
  }

  const keeper = new Keeper(byName, file);
  const everySecond = setInterval(() => {
    void ctrlpanel?.runQueue();
    keeper.save();
  }, EVERY_MS);
  return {
    byName,
    async stop() {
      clearInterval(everySecond);
      await Promise.all([...byName.values()].map((double) => double.stop()));
      keeper.save();
    },
  };
}

interface At {
  readonly port: number;
  readonly saved?: Uint8Array;
}

/** @throws Error where somebody else has the port on which it was before */
async function startAt<Double>(
  name: DoubleName,
  saved: SavedDouble | undefined,
  begin: (at: At) => Promise<Double>,
): Promise<Double> {
  if (saved) return begin({ port: saved.port, saved: saved.state });
  try {
    return await begin({ port: PORTS[name] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return begin({ port: 0 });
  }
}

/** Saves what the panels hold, where anything has happened to it. */
class Keeper {
  readonly #byName: ReadonlyMap<DoubleName, PanelDouble>;
  readonly #file: string;
  #happened = -1;

  constructor(byName: ReadonlyMap<DoubleName, PanelDouble>, file: string) {
    this.#byName = byName;
    this.#file = file;
  }

  save(): void {
    const happened = [...this.#byName.values()].reduce((total, { journal }) => total + journal.length, 0);
    if (happened === this.#happened || this.#byName.size === 0) return;
    this.#happened = happened;
    const saved: Saved = Object.fromEntries(
      [...this.#byName].map(([name, double]) => [
        name,
        { port: Number(new URL(double.url).port), state: double.save() },
      ]),
    );
    writeFileSync(`${this.#file}.new`, serialize(saved), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
