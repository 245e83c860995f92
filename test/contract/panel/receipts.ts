import { expect, it } from 'vitest';
import { describeWhere, itWhere, NO_RECEIPTS } from './it-where.ts';
import { call, change, failureOf, givenAccount, type PanelUnderTest, uniqueName, units } from './subject.ts';

/** Panels in which a change is found by its reference. */
export function receiptsContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { receipts, credits, suspension } = panel;
  const byReference = [
    panel.create,
    panel.edit,
    credits,
    suspension,
    panel.deletion,
    panel.restoration,
    panel.roles,
  ].some((ability) => ability?.traits.proof === 'reference');

  it('can be asked for receipts wherever a trait promises them', () => {
    expect(receipts !== undefined || !byReference).toBe(true);
  });

  describeWhere(receipts, 'the panel keeps no receipts')('receipts', () => {
    if (!receipts) return;

    it('knows nothing of a reference that it never saw', async () => {
      for (const reference of [uniqueName(), '', "' or '1'='1", 'x'.repeat(64)]) {
        expect(await receipts.receipt(reference, call()), JSON.stringify(reference)).toBeNull();
      }
    });

    itWhere(credits?.traits.proof === 'reference', NO_RECEIPTS)(
      'proves a movement of credits, with both balances',
      async () => {
        if (!credits) return;
        const account = await givenAccount(subject, { balance: 10 });
        const reference = uniqueName();
        const moved = await credits.add(account.id, units(panel, 5), change(reference));
        await credits.add(account.id, units(panel, 1), change());
        expect(await receipts.receipt(reference, call())).toEqual({ balance: moved });
      },
    );

    itWhere(credits?.traits.proof === 'reference', NO_RECEIPTS)('shows no movement that was refused', async () => {
      if (!credits) return;
      const account = await givenAccount(subject, { balance: 10 });
      const reference = uniqueName();
      await failureOf(credits.remove(account.id, units(panel, 11), change(reference)));
      expect(await receipts.receipt(reference, call())).toBeNull();
    });

    itWhere(suspension?.traits.proof === 'reference', NO_RECEIPTS)(
      'proves a change that moves no credits',
      async () => {
        if (!suspension) return;
        const account = await givenAccount(subject);
        const reference = uniqueName();
        await suspension.suspend(account.id, 'chargeback', change(reference));
        expect(await receipts.receipt(reference, call())).toEqual({ balance: null });
      },
    );
  });
}
