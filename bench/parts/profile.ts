/** Where Steward's time goes in `/account view`. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bench, Stage } from '../stage.ts';
import { viewing } from './loads.ts';

export interface ProfileEntry {
  /** Function and file. */
  readonly name: string;
  /** Share (0 to 1) of the samples in which the function itself ran, not what it called. */
  readonly share: number;
}

/** The part of V8's format that is read: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly hitCount?: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
}

export async function profile(bench: Bench): Promise<ProfileEntry[]> {
  const { options } = bench;
  bench.say('Profile of /account view');
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-bench-profile-'));
  try {
    const stage = await Stage.open(bench, 'steward', { nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`] });
    await stage.run(viewing(options, options.measureMs)).finally(() => stage[Symbol.asyncDispose]());
    const [file] = await readdir(folder);
    if (file === undefined) throw new Error('Node has written no profile.');
    return summarise(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The functions by the time spent in them, the largest first; waiting is left out. */
export function summarise({ nodes }: CpuProfile): ProfileEntry[] {
  const hitsByName = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of nodes) {
    if (callFrame.functionName === '(idle)') continue;
    const name = nameOf(callFrame);
    hitsByName.set(name, (hitsByName.get(name) ?? 0) + hitCount);
  }
  const all = [...hitsByName.values()].reduce((sum, hits) => sum + hits, 0);
  return [...hitsByName]
    .map(([name, hits]) => ({ name, share: hits / all }))
    .sort((one, other) => other.share - one.share);
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=src\/|commands\/)/, '');
  return `${name} ${file}:${lineNumber + 1}`;
}
