import { expect, it } from 'vitest';
import { describeWhere } from './it-where.ts';
import { change, failureOf, givenAccount, type PanelUnderTest, read } from './subject.ts';

/** Panels that say how many servers an account may have. */
export function serverLimitContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { serverLimit } = panel;

  describeWhere(serverLimit, 'the panel has no server limits')('serverLimit', () => {
    if (!serverLimit) return;
    const { largest } = serverLimit.traits;

    async function given(limit: number) {
      const account = await givenAccount(subject);
      const now = account.details.serverLimit ?? 0;
      if (now !== limit) await serverLimit?.set(account.id, limit, now, change());
      return read(panel, account);
    }

    it('adds and removes, down to nothing, and says the limit before and after', async () => {
      const account = await given(3);
      expect(await serverLimit.add(account.id, 2, change())).toEqual({ before: 3, after: 5 });
      expect(await serverLimit.remove(account.id, 1, change())).toEqual({ before: 5, after: 4 });
      expect(await serverLimit.remove(account.id, 4, change())).toEqual({ before: 4, after: 0 });
      expect(await read(panel, account)).toEqual({ ...account, details: { ...account.details, serverLimit: 0 } });
    });

    it('sets, also to nothing and to what it is', async () => {
      const account = await given(3);
      expect(await serverLimit.set(account.id, 7, 3, change())).toEqual({ before: 3, after: 7 });
      expect(await serverLimit.set(account.id, 7, 7, change())).toEqual({ before: 7, after: 7 });
      expect(await serverLimit.set(account.id, 0, 7, change())).toEqual({ before: 7, after: 0 });
      expect((await read(panel, account)).details.serverLimit).toBe(0);
    });

    it('refuses to remove more than there is, and removes nothing', async () => {
      const account = await given(3);
      const error = await failureOf(serverLimit.remove(account.id, 4, change()));
      expect(error).toMatchObject({ kind: 'rejected', effect: 'none', detail: 'limit' });
      expect(await read(panel, account)).toEqual(account);
    });

    it('refuses to set a limit that is not the expected one, and sets nothing', async () => {
      const account = await given(3);
      const error = await failureOf(serverLimit.set(account.id, 5, 4, change()));
      expect(error).toMatchObject({ kind: 'conflict', effect: 'none' });
      expect(await read(panel, account)).toEqual(account);
    });

    it('refuses what is no count, or more than its largest, and changes nothing', async () => {
      const account = await given(3);
      for (const count of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, largest + 1, largest]) {
        const error = await failureOf(serverLimit.add(account.id, count, change()));
        expect(error, String(count)).toMatchObject({ kind: 'rejected', effect: 'none' });
      }
      for (const count of [-1, 1.5, Number.NaN, largest + 1]) {
        const error = await failureOf(serverLimit.set(account.id, count, 3, change()));
        expect(error, String(count)).toMatchObject({ kind: 'rejected', effect: 'none' });
      }
      expect(await read(panel, account)).toEqual(account);
    });

    it('loses none of many changes at once', async () => {
      const account = await given(3);
      await Promise.all(Array.from({ length: 8 }, () => serverLimit.add(account.id, 1, change())));
      expect((await read(panel, account)).details.serverLimit).toBe(11);
    });
  });
}
