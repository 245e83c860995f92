import { onTestFinished } from 'vitest';
import {
  type PterodactylDouble,
  type PterodactylOptions,
  startPterodactyl,
} from '../../../sandbox/panels/pterodactyl/start.ts';
import type { Panel } from '../../../src/panels/panel.ts';
import { createPterodactylPanel } from '../../../src/panels/pterodactyl/panel.ts';

export type Product = NonNullable<PterodactylOptions['product']>;

/** A double that is gone after the test, and the panel on it. */
export interface Scene {
  readonly double: PterodactylDouble;
  readonly panel: Panel;
}

/** More than any test asks, so that none of them waits for a turn. */
const REQUESTS_PER_MINUTE = 100_000;

export function panelOn(
  double: PterodactylDouble,
  changed: Partial<Parameters<typeof createPterodactylPanel>[0]> = {},
): Panel {
  return createPterodactylPanel({
    id: 'main',
    label: 'Main',
    url: double.url,
    token: double.token,
    timeoutMs: 10_000,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    keepsDiscordIds: true,
    keyOwnerId: String(double.adminId),
    ...changed,
  });
}

export async function sceneOf(options: PterodactylOptions = {}): Promise<Scene> {
  const double = await startPterodactyl(options);
  onTestFinished(() => double.stop());
  return { double, panel: panelOn(double) };
}
