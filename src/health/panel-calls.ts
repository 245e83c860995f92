/** Times every call to a panel, whatever abilities it has. */
import type { Panel } from '../panels/panel.ts';
import type { Metrics } from './metrics.ts';

/** The same panel, each of whose calls is told to the metrics. */
export function timedPanel(panel: Panel, metrics: Metrics): Panel {
  return timed(panel, '', (action, outcome, durationMs) =>
    metrics.panelAnswered({ panel: panel.id, action, outcome, durationMs }),
  );
}

type Report = (action: string, outcome: 'answered' | 'failed', durationMs: number) => void;

/** Functions are calls, and objects among the abilities are groups of them; traits and the like are data. */
function timed<Part extends object>(part: Part, prefix: string, report: Report): Part {
  const wrapped = new Map<PropertyKey, unknown>();
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || name === 'traits') return value;
      if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return value;
      const known = wrapped.get(value as never);
      if (known) return known;
      const made =
        typeof value === 'function'
          ? timedCall(value.bind(target), prefix + name, report)
          : timed(value, `${prefix}${name}.`, report);
      wrapped.set(value as never, made);
      return made;
    },
  });
}

function timedCall(call: (...args: unknown[]) => unknown, action: string, report: Report) {
  return async (...args: unknown[]) => {
    const startedAt = performance.now();
    try {
      const result = await call(...args);
      report(action, 'answered', performance.now() - startedAt);
      return result;
    } catch (error) {
      report(action, 'failed', performance.now() - startedAt);
      throw error;
    }
  };
}
