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
      'proves a movement of credits, and whose they are',
      async () => {
        if (!credits) return;
        const account = await givenAccount(subject, { balance: 10 });
        const reference = uniqueName();
        await credits.add(account.id, units(panel, 5), change(reference));
        await credits.add(account.id, units(panel, 1), change());
        expect(await receipts.receipt(reference, call())).toEqual({ accountId: account.id });
      },
    );

    itWhere(credits?.traits.proof === 'reference', NO_RECEIPTS)('shows no movement that was refused', async () => {
      if (!credits) return;
      const account = await givenAccount(subject, { balance: 10 });
      const reference = uniqueName();
      await failureOf(credits.remove(account.id, units(panel, 11), change(reference)));
      expect(await receipts.receipt(reference, call())).toBeNull();
    });

    itWhere(receipts.annul !== undefined && credits !== undefined, 'the panel cannot rule out what has not come')(
      'rules out for good a change that has not come yet, and none that has',
      async () => {
        if (!credits || !receipts.annul) return;
        const account = await givenAccount(subject, { balance: 10 });
        const [late, done] = [uniqueName(), uniqueName()];
        expect(await receipts.annul(late, call())).toBeNull();
        const failure = await failureOf(credits.add(account.id, units(panel, 5), change(late)));
        expect(failure.effect).toBe('none');
        expect(await receipts.receipt(late, call())).toBeNull();
        await credits.add(account.id, units(panel, 1), change(done));
        expect(await receipts.annul(done, call())).toEqual({ accountId: account.id });
        expect((await panel.get(account.id, call()))?.balance).toEqual(units(panel, 11));
      },
    );

    itWhere(suspension?.traits.proof === 'reference', NO_RECEIPTS)(
      'proves a change that moves no credits',
      async () => {
        if (!suspension) return;
        const account = await givenAccount(subject);
        const reference = uniqueName();
        await suspension.suspend(account.id, 'chargeback', change(reference));
        expect(await receipts.receipt(reference, call())).toEqual({ accountId: account.id });
      },
    );
  });
}
