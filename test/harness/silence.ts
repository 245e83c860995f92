import { PanelError } from '../../src/panels/panel.ts';
import type { TestPanel } from './test-panel.ts';

const READS = ['get', 'probe', 'find', 'list'] as const;

/** Lets a panel answer to nothing that is read of it, and so to nothing that is wanted of it, until `end`. */
export function silence({ panel }: TestPanel): { end(): void } {
  const answering = Object.fromEntries(READS.map((name) => [name, panel[name]]));
  const silent = async () => {
    throw new PanelError('unreachable', 'none', 'it is gone');
  };
  Object.assign(panel, Object.fromEntries(READS.map((name) => [name, silent])));
  return { end: () => void Object.assign(panel, answering) };
}
