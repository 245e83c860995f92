/** Steward whose built-in panel takes ten seconds to read the account of anybody in the group `waiting`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig, readEnvironment } from '../../src/config.ts';
import { start } from '../../src/main.ts';
import { type Panel, PanelError } from '../../src/panels/panel.ts';
import { inGroup } from '../people.ts';

const DELAY_MS = 10_000;
const slowIds = new Set(inGroup('waiting').map(({ account }) => String(account?.id)));

const slowed = (panel: Panel): Panel => ({
  ...panel,
  async get(accountId, call) {
    if (slowIds.has(accountId)) await delay(call.signal);
    return panel.get(accountId, call);
  },
});

async function delay(signal: AbortSignal): Promise<void> {
  await sleep(DELAY_MS, undefined, { signal }).catch((cause: unknown) => {
    throw new PanelError('timeout', 'none', 'the panel took too long', { cause });
  });
}

const running = await start(readConfig(readEnvironment()), { insteadOf: slowed });
process.once('SIGTERM', () => void running.stop().then(() => process.exit()));
