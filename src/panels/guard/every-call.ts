import { ABILITIES, type Panel } from '../panel.ts';

/** Carries out a call, or does not. The action is such as `get` or `credits.add`. */
export type AroundCall = <Result>(action: string, run: () => Promise<Result>) => Promise<Result>;

const CORE: ReadonlySet<string> = new Set(['probe', 'find', 'get', 'list'] satisfies readonly (keyof Panel)[]);
const GROUPS: ReadonlySet<string> = new Set(ABILITIES);

/** The same panel, each of whose calls goes through `around`. What it can do is asked of it anew each time, for that may change. */
export function withEveryCall(panel: Panel, around: AroundCall): Panel {
  const isCall = (name: string) => CORE.has(name);
  const isGroup = (name: string) => GROUPS.has(name);
  return wrapped(panel, { prefix: '', isCall, isGroup, around });
}

interface Wrapping {
  readonly prefix: string;
  readonly isCall: (name: string) => boolean;
  readonly isGroup: (name: string) => boolean;
  readonly around: AroundCall;
}

/** Within a group all functions are calls, and all objects but its traits are groups of them. */
const WITHIN = { isCall: () => true, isGroup: (name: string) => name !== 'traits' } as const;

function wrapped<Part extends object>(part: Part, wrapping: Wrapping): Part {
  const made = new WeakMap<object, unknown>();
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || !mayBeWrapped(value)) return value;
      const known = made.get(value);
      if (known) return known;
      const wrapper = wrapperOf(value, name, target, wrapping);
      made.set(value, wrapper);
      return wrapper;
    },
  });
}

type Function = (...args: unknown[]) => Promise<unknown>;

function mayBeWrapped(value: unknown): value is Function | object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

function wrapperOf(value: Function | object, name: string, target: object, wrapping: Wrapping): unknown {
  const { prefix, isCall, isGroup, around } = wrapping;
  if (typeof value !== 'function') {
    return isGroup(name) ? wrapped(value, { ...WITHIN, prefix: `${prefix}${name}.`, around }) : value;
  }
  if (!isCall(name)) return value;
  const call = value as Function;
  return async (...args: unknown[]) => around(prefix + name, async () => call.apply(target, args));
}

/** How one call went. */
export interface CallEnded {
  readonly outcome: 'answered' | 'failed';
  readonly durationMs: number;
}

/** Makes a call, and tells how it went. */
export async function timed<Result>(run: () => Promise<Result>, ended: (call: CallEnded) => void): Promise<Result> {
  const startedAt = performance.now();
  const end = (outcome: CallEnded['outcome']) => ended({ outcome, durationMs: performance.now() - startedAt });
  try {
    const result = await run();
    end('answered');
    return result;
  } catch (error) {
    end('failed');
    throw error;
  }
}
