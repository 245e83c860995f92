/** The database goes away under load, loses connections, and refuses for no reason; what was done is accounted for all the same. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, test, vi } from 'vitest';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { lossyConnection } from '../harness/lossy-connection.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';
import { beginAll, deedsIn } from './fixtures/begin.ts';
import type { Begin } from './fixtures/deeds.ts';
import { ownServer } from './fixtures/own-server.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';
import { reluctance } from './fixtures/reluctance.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const server = await ownServer();
const lossy = await lossyConnection(server.url);
afterAll(() => lossy.close());
const { reference, house } = panelsOfEveryProof();
const panels = [reference, house];
const timing = { callTimeoutMs: 4_000, leaseMs: 6_000 };
const fleet = await createBotFleet({ panels, timing, databaseUrl: server.url });
const { discord, store } = fleet;
const refuseWrites = await reluctance(store);
await Promise.all([fleet.start({ databaseUrl: lossy.url }), fleet.start({ databaseUrl: lossy.url })]);

const FAULTS: Readonly<Record<string, () => Promise<unknown>>> = {
  'its connections are cut': async () => lossy.cut(),
  'it is stopped and started': () => server.stop('fast'),
  'it crashes and comes back': () => server.stop('crash'),
  async 'it refuses every eleventh write'() {
    await refuseWrites({ every: 11 });
    await delay(500);
    await refuseWrites({ every: 0 });
  },
};

// While nothing is wrong yet.
discord.deliverTo = 'one';
const prepare = deedsIn(discord);
const ready: (readonly [string, readonly Begin[], readonly Begin[]])[] = [];
for (const fault of Object.keys(FAULTS)) ready.push([fault, await prepare(panels), await prepare(panels)]);
discord.deliverTo = 'all';

test.each(ready)('though %s, nothing is lost or doubled, and everybody is answered', async (fault, before, after) => {
  const begunBefore = beginAll(before);
  await delay(30);
  const over = FAULTS[fault]?.();
  await delay(30);
  const answers = await Promise.all([begunBefore, beginAll(after)]);
  await over;
  await expectAllAnswered(store, answers.flat());
  await untilSettled(store);
  await expectAccounted(store, panels);
});
