import { expect, it } from 'vitest';
import { describeWhere } from './it-where.ts';
import { call, change, failureOf, givenAccount, type PanelUnderTest, read } from './subject.ts';

/** Panels that suspend, delete and restore accounts. */
export function statusContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { suspension, deletion, restoration } = panel;

  describeWhere(suspension, 'the panel suspends nothing')('suspension', () => {
    if (!suspension) return;

    it('suspends, and changes nothing else', async () => {
      const account = await givenAccount(subject);
      const suspended = await suspension.suspend(account.id, 'chargeback; it\'s "bad" \u0000 \u{1f980}', change());
      expect(suspended).toEqual({ ...account, status: 'suspended' });
      expect(await read(panel, account)).toEqual(suspended);
    });

    it('lifts a suspension', async () => {
      const account = await givenAccount(subject);
      await suspension.suspend(account.id, 'by mistake', change());
      expect(await suspension.unsuspend(account.id, change())).toEqual(account);
      expect(await read(panel, account)).toEqual(account);
    });
  });

  describeWhere(deletion, 'the panel deletes nothing')('deletion', () => {
    if (!deletion) return;

    it('says beforehand what goes, and takes nothing by saying so', async () => {
      const account = await givenAccount(subject);
      const sentences = await deletion.preview(account.id, call());
      expect(sentences.length).toBeGreaterThan(0);
      expect(await read(panel, account)).toEqual(account);
    });

    it('takes the account out of use', async () => {
      const account = await givenAccount(subject);
      await deletion.delete(account.id, change());
      const left = await panel.get(account.id, call());
      expect(left).toEqual(deletion.traits.soft ? { ...account, status: 'deleted' } : null);
    });

    it('previews nothing for an account that is not there', async () => {
      for (const id of subject.absentIds) {
        expect(await failureOf(deletion.preview(id, call()))).toMatchObject({ kind: 'not_found', effect: 'none' });
      }
    });
  });

  describeWhere(deletion && restoration, 'the panel restores nothing')('restoration', () => {
    if (!deletion || !restoration) return;

    it.each(['active', 'suspended'] as const)(
      'brings an account back as %s, with everything it had',
      async (status) => {
        const account = await givenAccount(subject);
        await deletion.delete(account.id, change());
        const restored = await restoration.restore(account.id, status, change());
        expect(restored).toEqual({ ...account, status });
        expect(await read(panel, account)).toEqual(restored);
      },
    );

    it('refuses to restore what is not deleted, and changes nothing', async () => {
      const account = await givenAccount(subject);
      const error = await failureOf(restoration.restore(account.id, 'suspended', change()));
      expect(error).toMatchObject({ kind: 'rejected', effect: 'none' });
      expect(await read(panel, account)).toEqual(account);
    });
  });
}
