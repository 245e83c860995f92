import { describe, expect, it } from 'vitest';
import { money } from '../../../src/domain/money.ts';
import { ACTS_TWICE, itWhere } from './it-where.ts';
import { change, failureOf, givenAccount, type PanelUnderTest, read, uniqueName, units } from './subject.ts';

/** Panels that keep credits. */
export function creditsContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { credits } = panel;
  if (!credits) return;
  const { unit } = credits.traits;
  const whole = (count: number) => units(panel, count);
  const smallest = money(1n, unit);
  const leastRemoved = credits.traits.leastRemoved ?? smallest;

  describe('credits', () => {
    it('adds to the last digit of its unit, and says the balance before and after', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      const moved = await credits.add(account.id, smallest, change());
      expect(moved).toEqual({ before: whole(10), after: money(whole(10).minor + 1n, unit) });
      expect(await read(panel, account)).toEqual({ ...account, balance: moved.after });
    });

    it('removes, down to nothing', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      expect(await credits.remove(account.id, whole(4), change())).toEqual({ before: whole(10), after: whole(6) });
      expect(await credits.remove(account.id, whole(6), change())).toEqual({ before: whole(6), after: whole(0) });
      expect((await read(panel, account)).balance).toEqual(whole(0));
    });

    it('refuses to remove more than there is, and removes nothing', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      const error = await failureOf(credits.remove(account.id, money(whole(10).minor + 1n, unit), change()));
      expect(error).toMatchObject({ kind: 'rejected', effect: 'none', detail: 'balance' });
      expect((await read(panel, account)).balance).toEqual(whole(10));
    });

    it('sets, also to nothing', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      expect(await credits.set(account.id, whole(3), whole(10), change())).toEqual({
        before: whole(10),
        after: whole(3),
      });
      expect(await credits.set(account.id, whole(0), whole(3), change())).toEqual({
        before: whole(3),
        after: whole(0),
      });
      expect((await read(panel, account)).balance).toEqual(whole(0));
    });

    it('refuses to set a balance that is not the expected one, and sets nothing', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      const error = await failureOf(credits.set(account.id, whole(3), whole(9), change()));
      expect(error).toMatchObject({ kind: 'conflict', effect: 'none' });
      expect((await read(panel, account)).balance).toEqual(whole(10));
    });

    it('keeps amounts that no float could', async () => {
      const account = await givenAccount(subject, { balance: 0 });
      const large = money(10n ** 15n - 1n, unit);
      expect((await credits.add(account.id, large, change())).after).toEqual(large);
      const left = money(large.minor - leastRemoved.minor, unit);
      expect((await credits.remove(account.id, leastRemoved, change())).after).toEqual(left);
      expect((await read(panel, account)).balance).toEqual(left);
    });

    itWhere(credits.traits.leastRemoved, 'the panel removes as little as it keeps')(
      'refuses to take away less than its least, also by setting, and takes nothing',
      async () => {
        const account = await givenAccount(subject, { balance: 10 });
        const little = money(leastRemoved.minor - 1n, unit);
        const rest = money(whole(10).minor - little.minor, unit);
        for (const attempt of [
          credits.remove(account.id, little, change()),
          credits.set(account.id, rest, whole(10), change()),
        ]) {
          expect(await failureOf(attempt)).toMatchObject({ kind: 'rejected', effect: 'none' });
        }
        expect(await read(panel, account)).toEqual(account);
      },
    );

    it('refuses amounts that are not its own, zero, or below, and moves nothing', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      const wrong = [
        money(0n, unit),
        money(-1n, unit),
        money(100n, { code: unit.code, scale: unit.scale + 1 }),
        money(100n, { code: `other_${unit.code}`, scale: unit.scale }),
      ];
      for (const amount of wrong) {
        for (const attempt of [credits.add, credits.remove]) {
          expect(await failureOf(attempt(account.id, amount, change()))).toMatchObject({
            kind: 'rejected',
            effect: 'none',
          });
        }
      }
      expect(await read(panel, account)).toEqual(account);
    });

    it('loses none of many movements at once', async () => {
      const account = await givenAccount(subject, { balance: 10 });
      await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          n % 3 === 0 ? credits.remove(account.id, whole(1), change()) : credits.add(account.id, whole(1), change()),
        ),
      );
      expect((await read(panel, account)).balance).toEqual(whole(14));
    });

    it('never lets the balance fall below zero, whoever removes at once', async () => {
      const account = await givenAccount(subject, { balance: 3 });
      const attempts = await Promise.allSettled(
        Array.from({ length: 6 }, () => credits.remove(account.id, whole(1), change())),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      expect((await read(panel, account)).balance).toEqual(whole(0));
    });

    itWhere(credits.traits.idempotent, ACTS_TWICE)(
      'moves once by reference, also when the same one comes many times at once',
      async () => {
        const account = await givenAccount(subject, { balance: 10 });
        const reference = uniqueName();
        const moved = await Promise.all(
          Array.from({ length: 5 }, () => credits.add(account.id, whole(5), change(reference))),
        );
        for (const one of moved) expect(one).toEqual({ before: whole(10), after: whole(15) });
        expect((await read(panel, account)).balance).toEqual(whole(15));
      },
    );

    itWhere(credits.traits.idempotent, ACTS_TWICE)(
      'tells a repeated reference what it did, whatever happened since',
      async () => {
        const account = await givenAccount(subject, { balance: 10 });
        const reference = uniqueName();
        const first = await credits.remove(account.id, whole(10), change(reference));
        await credits.add(account.id, whole(2), change());
        expect(await credits.remove(account.id, whole(10), change(reference))).toEqual(first);
        expect((await read(panel, account)).balance).toEqual(whole(2));
      },
    );
  });
}
