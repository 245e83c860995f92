import { createHash } from 'node:crypto';
import { type Change, PanelError } from '../../panels/panel.ts';

/** The step of an operation that is about one server. */
export function serverStep(serverId: string): string {
  return `server ${serverId}`;
}

/**
 * Changes one server as a step of its own, which may be done again: a server that is so already is left so.
 *
 * @param several It is one of several: each is a change of its own to the panel, and one that is gone needs nothing any more.
 */
export async function stepOnServer(
  change: Change,
  serverId: string,
  act: (part: Change) => Promise<void>,
  { several }: { readonly several: boolean },
): Promise<void> {
  const run = async (): Promise<'done' | 'gone'> => {
    try {
      await act({
        ...change,
        ...(several ? { reference: ownReference(change, serverId) } : {}),
        step: (_name, part) => part(),
      });
      return 'done';
    } catch (error) {
      const gone = error instanceof PanelError && error.kind === 'not_found' && error.effect === 'none';
      if (gone && several) return 'gone';
      throw error;
    }
  };
  await change.step(serverStep(serverId), run, { repeatable: true });
}

/** A reference that the panel has seen before would act on no other server. */
function ownReference({ reference }: Change, serverId: string): string {
  return createHash('sha256').update(`${reference}\n${serverId}`).digest('hex').slice(0, 48);
}
