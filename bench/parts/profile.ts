/** Where Steward's time goes in `/account view`, once it is warm. */
import type { Profiler } from 'node:inspector';
import { type Bench, Stage } from '../stage.ts';
import { viewing } from './loads.ts';

export interface ProfileEntry {
  /** A function with its file, or a package. */
  readonly name: string;
  /** Share (0 to 1) of the samples in which it ran itself, not what it called. */
  readonly share: number;
}

export interface Profile {
  readonly byPackage: readonly ProfileEntry[];
  readonly byFunction: readonly ProfileEntry[];
}

/** The part of V8's format that is read. */
export interface CpuProfile {
  readonly nodes: readonly Pick<Profiler.ProfileNode, 'callFrame' | 'hitCount'>[];
}

export async function profile(bench: Bench): Promise<Profile> {
  const { options } = bench;
  bench.say('Profile of /account view');
  await using stage = await Stage.open(bench, 'steward', { profiled: true });
  await stage.run(viewing(options, options.warmUpMs));
  stage.bot.send('profile');
  await stage.run(viewing(options, options.measureMs));
  return summarise((await stage.bot.ask('profiled')) as CpuProfile);
}

type Frame = CpuProfile['nodes'][number]['callFrame'];

/** By the time spent, the largest first; waiting is left out. */
export function summarise({ nodes }: CpuProfile): Profile {
  const busy = nodes.filter(({ callFrame }) => callFrame.functionName !== '(idle)');
  return { byPackage: shares(busy, packageOf), byFunction: shares(busy, functionOf) };
}

function shares(nodes: CpuProfile['nodes'], nameOf: (frame: Frame) => string): ProfileEntry[] {
  const hitsByName = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of nodes) {
    const name = nameOf(callFrame);
    hitsByName.set(name, (hitsByName.get(name) ?? 0) + hitCount);
  }
  const all = [...hitsByName.values()].reduce((sum, hits) => sum + hits, 0);
  return [...hitsByName]
    .map(([name, hits]) => ({ name, share: hits / all }))
    .sort((one, other) => other.share - one.share);
}

/** Such as `undici`, `src/discord`, or `(garbage collector)`; what is built into Node and V8 is `node`. */
function packageOf({ functionName, url }: Frame): string {
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules\/)/.exec(url) ?? [];
  const [folder] = /(?:src\/[^/]+|commands)(?=\/)/.exec(url) ?? [];
  return name ?? folder ?? (functionName.startsWith('(') ? functionName : 'node');
}

function functionOf({ functionName, url, lineNumber }: Frame): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=src\/|commands\/)/, '');
  return `${name} ${file}:${lineNumber + 1}`;
}
