/** What a sequence came to, line by line: for whoever looks into one that failed, and to see that it is played again exactly. */
import { readOperations } from './truth.ts';
import type { World } from './world.ts';

export async function transcriptOf(world: World): Promise<readonly string[]> {
  const operations = await readOperations(world);
  return [
    ...world.turns.happened,
    'Operations:',
    ...operations.map(({ number, key, verb, state, account_id, delta_minor, settled_by, link_kind, linked_number }) => {
      const link = link_kind ? `${link_kind} of #${linked_number}` : '';
      return `#${number} ${key} ${verb} ${account_id} ${delta_minor ?? ''} ${state} ${settled_by ?? ''} ${link}`;
    }),
    'The panel:',
    ...world.panel.journal.map(({ reference, action, step, accountId, deltaMinor }) => {
      return `${reference} ${action} ${step ?? ''} ${accountId} ${deltaMinor ?? ''}`;
    }),
  ];
}
