import { onTestFinished } from 'vitest';
import {
  type CtrlPanelDouble,
  type CtrlPanelOptions,
  startCtrlPanel,
} from '../../../sandbox/panels/ctrlpanel/start.ts';
import type { Account } from '../../../src/domain/account.ts';
import { createCtrlPanel, type CtrlPanelOptions as PanelOptions } from '../../../src/panels/ctrlpanel/panel.ts';
import type { Panel } from '../../../src/panels/panel.ts';

/** A double that is gone after the test, and the panel on it. */
export interface Scene {
  readonly double: CtrlPanelDouble;
  readonly panel: Panel;
}

/** More than any test asks, so that none of them waits for a turn. */
const REQUESTS_PER_MINUTE = 100_000;

export function panelOn(double: CtrlPanelDouble, changed: Partial<PanelOptions> = {}): Panel {
  return createCtrlPanel({
    id: 'main',
    label: 'Main',
    url: double.url,
    token: double.token,
    timeoutMs: 10_000,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    timeZone: 'UTC',
    newRole: null,
    pterodactyl: { url: double.pterodactyl.url, token: double.pterodactyl.token },
    ...changed,
  });
}

export async function sceneOf(options: CtrlPanelOptions = {}, changed: Partial<PanelOptions> = {}): Promise<Scene> {
  const double = await startCtrlPanel(options);
  onTestFinished(() => double.stop());
  return { double, panel: panelOn(double, changed) };
}

/** The account of a user whom the double has. */
export async function shown(panel: Panel, user: { readonly id: number | string }): Promise<Account> {
  const account = await panel.get(String(user.id), { signal: new AbortController().signal });
  if (!account) throw new Error('the panel does not show the user');
  return account;
}

/** One that is not verified, with ten credits, unless told otherwise. */
export function someone(double: CtrlPanelDouble, changed: Parameters<CtrlPanelDouble['addUser']>[0] = {}) {
  return double.addUser({ creditsMilli: 10_000n, emailVerifiedAt: null, ...changed });
}
