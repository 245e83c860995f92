import { type Money, money } from '../../domain/money.ts';
import { type BalanceChange, type Change, type CreditsAbility, PanelError } from '../panel.ts';
import { creditsOf, minorOf, numberFor, ONE_CREDIT, UNIT } from './amounts.ts';
import type { WireUser } from './api-types.ts';
import type { Connection } from './connection.ts';
import { InputRefused, notFound, rejected } from './failures.ts';
import { isId, SETTLE_AFTER_MS } from './map.ts';
import { billsAfter } from './roles.ts';
import { requireUser, sendChange, userToChange } from './users.ts';

const balanceOf = ({ credits }: WireUser): Money => creditsOf(Number(credits ?? 0));

export function creditsAbility(panel: Connection): CreditsAbility {
  async function add(accountId: string, minor: bigint, change: Change): Promise<BalanceChange> {
    const { value } = numberFor(minor);
    try {
      const body = { credits: value };
      const after = await sendChange(panel, change, { accountId, verb: 'increment', body, writing: 'row' });
      return moved(after, minor);
    } catch (error) {
      if (error instanceof InputRefused)
        throw rejected(error.message, 'CtrlPanel.gg keeps no balance as large as that.');
      throw error;
    }
  }

  async function remove(accountId: string, minor: bigint, change: Change): Promise<BalanceChange> {
    if (minor < ONE_CREDIT.minor)
      throw rejected('less than one credit', 'CtrlPanel.gg takes away at least 1 credit at a time.');
    const { value, remainder } = numberFor(minor);
    try {
      const body = { credits: value };
      const after = await sendChange(panel, change, { accountId, verb: 'decrement', body, writing: 'row' });
      return moved(after, -minor);
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error;
      const { minor: left } = balanceOf(await requireUser(panel, accountId, change));
      throw remainder && left === minor
        ? notAsAWhole(minor)
        : rejected('the balance is smaller than the amount', 'balance');
    }
  }

  return {
    traits: {
      idempotent: false,
      proof: 'balance',
      settleAfterMs: SETTLE_AFTER_MS.row,
      effects: [billsAfter('Adding credits'), 'CtrlPanel.gg takes away at least 1 credit at a time.'],
      unit: UNIT,
      by: 'panel',
      leastRemoved: ONE_CREDIT,
    },
    async add(accountId, amount, change) {
      const minor = minorOf(amount);
      await ready(panel, accountId, change);
      return add(accountId, minor, change);
    },
    async remove(accountId, amount, change) {
      const minor = minorOf(amount);
      await ready(panel, accountId, change);
      return remove(accountId, minor, change);
    },
    async set(accountId, balance, expected, change) {
      const target = minorOf(balance, { zero: true });
      const before = balanceOf(await userToChange(panel, accountId, change));
      if (before.minor !== expected.minor)
        throw new PanelError('conflict', 'none', 'the balance is not as expected', {
          detail: 'The balance has changed meanwhile.',
        });
      const delta = target - before.minor;
      if (delta === 0n) return { before, after: before };
      return delta > 0n ? add(accountId, delta, change) : remove(accountId, -delta, change);
    },
  };
}

export async function ready(panel: Connection, accountId: string, change: Change): Promise<void> {
  if (!isId(accountId)) throw notFound(accountId);
  await panel.writable(change);
}

/** As the panel answered it: what others moved meanwhile, or the panel charged at once, is in what was before. */
function moved(user: WireUser, deltaMinor: bigint): BalanceChange {
  const after = balanceOf(user);
  return { before: money(after.minor - deltaMinor, UNIT), after };
}

/** The panel compares before it cuts off, so that the hair by which the number has to be larger is more than there is. */
function notAsAWhole(minor: bigint): PanelError {
  const parts = minor >= 2n * ONE_CREDIT.minor ? ' Take 1 credit less, and then 1 credit.' : '';
  return rejected(
    'no number takes away all of it',
    `CtrlPanel.gg cannot take away exactly all of this balance at once.${parts}`,
  );
}
