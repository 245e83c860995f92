import { z } from 'zod';
import { type Call, PanelError } from '../panel.ts';
import { pageOf } from './api-types.ts';
import type { Client } from './client.ts';
import { failureOf } from './failures.ts';

/** `old`: 1.0 and 1.1; `current`: 1.2; `newer`: what came after it, as far as it can be told. */
export type Release = 'old' | 'current' | 'newer';

export const VERSIONS: Readonly<Record<Release, string>> = {
  old: '1.1 or older',
  current: '1.2',
  newer: 'newer than 1.2',
};

const anything = pageOf(z.unknown());
const nested = z.object({ meta: z.object({ current_page: z.number() }) });

/** The panel does not say its version, so that it is told by what it does. @throws PanelError with effect `none` */
export async function findRelease(client: Client, call: Call): Promise<Release> {
  const path = '/users';
  const answer = await client.ask(call, { method: 'GET', path, query: { per_page: '1' } });
  if (answer.status !== 200) throw failureOf(answer, `GET ${path}`, null);
  if (!anything.safeParse(answer.json).success)
    throw new PanelError('malformed', 'none', 'what answers is no CtrlPanel.gg', {
      detail: 'There is something else than CtrlPanel.gg at this address.',
    });
  if (!nested.safeParse(answer.json).success) return 'old';
  const query = { per_page: '1', 'filter[discordUser.id]': '1' };
  const filtered = await client.ask(call, { method: 'GET', path, query });
  if (filtered.status === 200) return 'newer';
  if (filtered.status === 400) return 'current';
  throw failureOf(filtered, `GET ${path}`, null);
}
