import type { Sql } from './connect.ts';
import { StoreFault } from './fault.ts';

/** What the store remembers of a panel. */
export interface RememberedPanel {
  readonly id: string;
  readonly kind: string;
  readonly address: string | null;
}

/**
 * Remembers the panels that are new, and compares the others with what was remembered: everything stored about an account names its
 * panel by id, and would speak of other people's accounts if another panel had that id.
 *
 * @throws StoreFault when a panel has become another one.
 */
export async function rememberPanels(sql: Sql, panels: readonly RememberedPanel[]): Promise<void> {
  for (const { id, kind, address: written } of panels) {
    const address = written === null ? null : normalized(written);
    await sql`insert into panels (id, kind, address) values (${id}, ${kind}, ${address}) on conflict (id) do nothing`;
    const [known] = await sql<RememberedPanel[]>`select id, kind, address from panels where id = ${id}`;
    if (known?.kind === kind && known.address === address) continue;
    throw new StoreFault(
      `The panel "${id}" was ${describe(known)}, and is now ${describe({ id, kind, address })}. Give the new one another id in PANELS; if it only moved, change its address in the table "panels".`,
    );
  }
}

/** One address may be written in several ways: with capital letters, the usual port, a slash at its end. */
function normalized(address: string): string {
  return new URL(address).href.replace(/\/+$/, '');
}

function describe(panel: RememberedPanel | undefined): string {
  return panel?.address ? `${panel.kind} at ${panel.address}` : `${panel?.kind}`;
}
