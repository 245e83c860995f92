import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { askForCrawl, type CrawlState, readCrawls } from '../directory/crawl-state.ts';
import { authorize } from '../policy/authorize.ts';

/** How often it is looked how far a crawl has come, in milliseconds. */
const LOOK_MS = 1_000;

/** How far the accounts of a panel have been read. */
export interface Sync {
  readonly panel: { readonly id: string; readonly label: string };
  readonly crawl: CrawlState;
}

/**
 * Asks that the accounts of a panel be read now, and says how far that has come until it is done; the last word is that it is. Where they are
 * being read already, it follows that. Whoever reads them does so by themself: it goes on without this.
 *
 * @throws Refusal the policy's, `panel.unknown`
 */
export async function* syncPanel(ctx: Context, panelId: string): AsyncGenerator<Sync, Sync, undefined> {
  await authorize(ctx, 'panels.manage', { panel: panelId });
  const { id, label } = ctx.panels.get(panelId);
  const read = async (): Promise<CrawlState> => (await readCrawls(ctx, [id]))(id);
  const before = (await read()).last?.finishedAt.getTime();
  await askForCrawl(ctx, id);
  for (;;) {
    const crawl = await read();
    const sync = { panel: { id, label }, crawl };
    const ended = crawl.phase === 'idle' && !crawl.requested && crawl.last?.finishedAt.getTime() !== before;
    if (ended) return sync;
    yield sync;
    await delay(LOOK_MS);
  }
}
