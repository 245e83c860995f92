import { PanelError, type ServerLimitAbility } from '../../../src/panels/panel.ts';
import type { TestTraits } from './abilities.ts';
import type { Performer } from './perform.ts';
import { type ChangeName, liveAccount, type TestPanelState } from './state.ts';

type Change = Parameters<ServerLimitAbility['add']>[2];

const LARGEST = 1_000;

export function testServerLimit(state: TestPanelState, performer: Performer, traits: TestTraits): ServerLimitAbility {
  function move(action: ChangeName, accountId: string, change: Change, next: (limit: number) => number) {
    return performer.change(action, accountId, { traits, change }, async ({ once }) => {
      const effected = once(() => {
        const account = liveAccount(state, accountId);
        const before = account.details.serverLimit ?? 0;
        const after = next(before);
        if (after > LARGEST) throw new PanelError('rejected', 'none', 'that is more than the panel takes');
        account.details = { ...account.details, serverLimit: after };
        return { accountId, balance: null, limit: { before, after } };
      });
      if (!effected.limit) throw new Error('a change of a limit has a limit');
      return { effected, result: effected.limit };
    });
  }
  return {
    traits: { ...traits, largest: LARGEST },
    async add(accountId, count, change) {
      const by = readCount(count, { least: 1 });
      return move('limit.add', accountId, change, (limit) => limit + by);
    },
    async remove(accountId, count, change) {
      const by = readCount(count, { least: 1 });
      return move('limit.remove', accountId, change, (limit) => {
        if (by > limit) throw new PanelError('rejected', 'none', 'the limit is smaller', { detail: 'limit' });
        return limit - by;
      });
    },
    async set(accountId, wanted, expected, change) {
      const after = readCount(wanted, { least: 0 });
      return move('limit.set', accountId, change, (limit) => {
        if (limit !== expected) throw new PanelError('conflict', 'none', 'the limit is not as expected');
        return after;
      });
    },
  };
}

/** @throws PanelError `rejected`, effect `none`, for what is no number of servers. */
function readCount(count: number, { least }: { least: number }): number {
  if (!Number.isInteger(count) || count < least) throw new PanelError('rejected', 'none', 'not a number of servers');
  return count;
}
