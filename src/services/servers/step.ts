import { createHash } from 'node:crypto';
import { type Change, PanelError } from '../../panels/panel.ts';

/** The step of an operation that is about one server. */
export function serverStep(serverId: string): string {
  return `server ${serverId}`;
}

/**
 * Changes one server as a step of its own, which may be done again: a server that is so already is left so.
 *
 * @param mayBeGone One that is gone needs nothing any more.
 */
export async function stepOnServer(
  change: Change,
  serverId: string,
  act: (part: Change) => Promise<void>,
  { mayBeGone }: { readonly mayBeGone: boolean },
): Promise<void> {
  const run = async (): Promise<'done' | 'gone'> => {
    try {
      await act(partOf(change, serverId));
      return 'done';
    } catch (error) {
      const gone = error instanceof PanelError && error.kind === 'not_found' && error.effect === 'none';
      if (gone && mayBeGone) return 'gone';
      throw error;
    }
  };
  await change.step(serverStep(serverId), run, { repeatable: true });
}

/** Each server is a change of its own to the panel: a reference that it has seen before would act on no other. */
function partOf(change: Change, serverId: string): Change {
  const reference = createHash('sha256').update(`${change.reference}\n${serverId}`).digest('hex').slice(0, 48);
  return { ...change, reference, step: (_name, run) => run() };
}
