import { type Change, type LimitChange, PanelError, type ServerLimitAbility } from '../panel.ts';
import type { Connection } from './connection.ts';
import { ready } from './credits.ts';
import { InputRefused, rejected } from './failures.ts';
import { SETTLE_AFTER_MS } from './map.ts';
import { sendChange, userToChange } from './users.ts';

const LARGEST = 1_000_000;

export function serverLimitAbility(panel: Connection): ServerLimitAbility {
  async function move(accountId: string, delta: number, change: Change): Promise<LimitChange> {
    const verb = delta > 0 ? 'increment' : 'decrement';
    try {
      const body = { server_limit: Math.abs(delta) };
      const { server_limit: after } = await sendChange(panel, change, { accountId, verb, body, writing: 'row' });
      return { before: after - delta, after };
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      throw delta > 0
        ? rejected(error.message, `CtrlPanel.gg allows at most ${LARGEST} servers for one account.`)
        : rejected('the limit is smaller than that', 'limit');
    }
  }

  return {
    traits: {
      idempotent: false,
      proof: 'balance',
      settleAfterMs: SETTLE_AFTER_MS.row,
      effects: ['Servers that an account has beyond its limit stay.'],
      largest: LARGEST,
    },
    async add(accountId, count, change) {
      checkCount(count, 1);
      await ready(panel, accountId, change);
      return move(accountId, count, change);
    },
    async remove(accountId, count, change) {
      checkCount(count, 1);
      await ready(panel, accountId, change);
      return move(accountId, -count, change);
    },
    async set(accountId, limit, expected, change) {
      checkCount(limit, 0);
      const { server_limit: before } = await userToChange(panel, accountId, change);
      if (before !== expected)
        throw new PanelError('conflict', 'none', 'the limit is not as expected', {
          detail: 'The limit has changed meanwhile.',
        });
      return before === limit ? { before, after: before } : move(accountId, limit - before, change);
    },
  };
}

/** The panel takes fractions, and cuts them in ways of its own. */
function checkCount(count: number, least: number): void {
  if (!Number.isSafeInteger(count) || count < least || count > LARGEST)
    throw rejected(`a limit of ${count}`, `This has to be a whole number from ${least} to ${LARGEST}.`);
}
