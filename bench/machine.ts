/** What the benchmark runs on, and which of its cores is for whom. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

export interface Cores {
  /** For the local Discord, PostgreSQL and the benchmark itself. */
  readonly others: number;
  /** For the bot under test. */
  readonly bot: number;
}

/** The first two cores that we may use, with ourselves and all that we start put on the first; null where that cannot be done. */
export function takeCores(): Cores | null {
  const [others, bot] = allowedCores();
  if (others === undefined || bot === undefined) return null;
  const pinned = spawnSync('taskset', ['-acp', String(others), String(process.pid)]);
  return pinned.status === 0 ? { others, bot } : null;
}

/** The arguments that run a program on one core only; the process keeps its id. */
export function onCore(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

export function describeMachine(cores: Cores | null): string[] {
  const all = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  const places = cores
    ? `The bot has core ${cores.bot}; the local Discord, PostgreSQL and the load share core ${cores.others}.`
    : 'Nothing could be bound to a core (no taskset, or one core only): the bot shares what there is with its load.';
  return [
    `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, ${memoryGiB} GiB, ${type()} ${release()}, Node ${process.version}.`,
    places,
  ];
}

/** From a list such as `0-2,5`. */
function allowedCores(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s+(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return list.split(',').flatMap((range) => {
      const [first = Number.NaN, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  } catch {
    return [];
  }
}
