import type { Account } from '../../domain/account.ts';
import { path } from '../http/client.ts';
import { type Change, PanelError, type SuspensionAbility } from '../panel.ts';
import type { Connection } from './connection.ts';
import { NODE_AWAY } from './failures.ts';
import { INCLUDE, type ReadUser, SETTLE_AFTER_MS } from './map.ts';
import { accountAfter, changedUser, readUser, userToChange } from './users.ts';

/** What the panel takes as a reason at most; it goes to its log of activity only. */
const LONGEST_REASON = 320;

export function suspensionAbility(panel: Connection): SuspensionAbility {
  async function send(
    accountId: string,
    verb: 'suspend' | 'unsuspend',
    reason: string,
    change: Change,
  ): Promise<Account> {
    const before = await userToChange(panel, accountId, change);
    await panel.roles.of(before.roles ?? [], change);
    const wanted = verb === 'suspend';
    if (before.suspended === wanted) return accountAfter(panel, before);
    try {
      const body = { reason };
      const request = { method: 'PATCH', path: path`/users/${accountId}/${verb}`, body, writing: 'servers' } as const;
      const { suspended } = await panel.client.write(change, request, changedUser);
      return accountAfter(panel, { ...before, suspended });
    } catch (error) {
      if (!(error instanceof PanelError) || !wasAnswered(error)) throw error;
      const now = await readUser(panel, accountId, change).catch(() => null);
      if (now?.suspended === wanted) return accountAfter(panel, now);
      throw wanted ? await leftBy(panel, now, error, change) : error;
    }
  }

  return {
    traits: {
      idempotent: true,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.servers,
      effects: [
        'Suspending takes the account’s servers down, one after another, and keeps its owner out of CtrlPanel.gg, not out of Pterodactyl.',
        'Unsuspending leaves the servers suspended: start them one by one, or let CtrlPanel.gg charge for them when credits are added.',
      ],
      reversible: false,
    },
    suspend: (accountId, reason, change) => send(accountId, 'suspend', reasonFor(reason), change),
    unsuspend: (accountId, change) => send(accountId, 'unsuspend', 'by Steward', change),
  };
}

/** Cut so that it has something in it: the panel takes an empty one for none, and none for a fault. */
function reasonFor(reason: string): string {
  const clean = reason.replaceAll(/\p{Cc}/gu, ' ').trim();
  return [...clean].slice(0, LONGEST_REASON).join('').trim() || 'by Steward';
}

/** An answer, even that of a failure, says that the panel works on it no longer: what is to be seen then is how it stays. */
function wasAnswered({ kind, effect }: PanelError): boolean {
  return kind === 'rejected' || (effect === 'unknown' && kind !== 'timeout' && kind !== 'unreachable');
}

/**
 * The first server that fails ends a suspension; the ones before it stay suspended. Whether it is suspended itself cannot be said where
 * Pterodactyl neither refused nor took it back.
 */
async function leftBy(panel: Connection, now: ReadUser | null, error: PanelError, change: Change): Promise<PanelError> {
  if (error.effect === 'none' || now === null) return error;
  const read = readUser(panel, String(now.id), change, `servers,${INCLUDE}`);
  const servers = await read.then((user) => user?.servers ?? null).catch(() => null);
  if (servers === null) return error;
  const suspended = servers.filter((server) => server.suspended).length;
  const how =
    suspended === 0
      ? isSurelyUndone(error)
        ? 'Nothing is suspended.'
        : 'CtrlPanel.gg shows nothing suspended; Pterodactyl may show one of the servers so.'
      : `${suspended} of ${servers.length} servers are suspended, the account is not.`;
  const detail = `${error.detail ?? 'CtrlPanel.gg stopped half way.'} ${how}`;
  const effect = suspended > 0 ? 'partial' : isSurelyUndone(error) ? 'none' : 'unknown';
  return new PanelError(error.kind, effect, error.message, { detail, cause: error });
}

function isSurelyUndone({ kind, detail }: PanelError): boolean {
  return kind === 'forbidden' || kind === 'rejected' || detail === NODE_AWAY;
}
