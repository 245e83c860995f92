import { expect, it } from 'vitest';
import { money } from '../../../src/domain/money.ts';
import type { Voucher } from '../../../src/panels/panel.ts';
import { describeWhere } from './it-where.ts';
import { call, change, failureOf, type PanelUnderTest, uniqueName } from './subject.ts';

/** Panels that keep vouchers. */
export function vouchersContract(subject: PanelUnderTest): void {
  const { vouchers } = subject.panel;

  describeWhere(vouchers, 'the panel keeps no vouchers')('vouchers', () => {
    if (!vouchers) return;
    const { unit, code: rule, largestUses } = vouchers.traits;
    const credits = money(12n * 10n ** BigInt(unit.scale) + 5n, unit);
    const wanted = (changed: Partial<Voucher> = {}) => ({
      ...{ code: `V-${uniqueName()}`, credits, uses: 3, memo: 'for a tester', expiresAt: null },
      ...changed,
    });

    it('makes one, which is found by its code as it was made', async () => {
      const asked = wanted();
      const made = await vouchers.create(asked, change());
      expect(made).toMatchObject(asked);
      expect(made.id).toMatch(/^.{1,64}$/u);
      expect(await vouchers.find(asked.code, call())).toEqual(made);
    });

    it('keeps the amount to the last digit of its unit', async () => {
      for (const minor of [1n + 10n ** BigInt(unit.scale), 8_030n, 2_009n, 16_061n, 123_456_789n]) {
        const made = await vouchers.create(wanted({ credits: money(minor, unit) }), change());
        expect(made.credits).toEqual(money(minor, unit));
      }
    });

    it('keeps when it ends to the second, and that it has no memo', async () => {
      const expiresAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 86_400_000 + 7_000);
      const made = await vouchers.create(wanted({ expiresAt, memo: null }), change());
      expect(made).toMatchObject({ expiresAt, memo: null });
      expect(await vouchers.find(made.code, call())).toEqual(made);
    });

    it('makes none of a code that there is, whoever is first', async () => {
      const asked = wanted();
      const attempts = await Promise.allSettled([1, 2, 3].map((uses) => vouchers.create({ ...asked, uses }, change())));
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const error = await failureOf(vouchers.create(asked, change()));
      expect(error).toMatchObject({ kind: 'conflict', effect: 'none' });
    });

    it('finds by the whole code, letter by letter, and by nothing less', async () => {
      const { code } = await vouchers.create(wanted(), change());
      for (const other of [
        code.slice(1),
        code.slice(0, -1),
        code.toLowerCase(),
        `${code}0`,
        '%',
        '',
        '\u0000',
        'true',
      ]) {
        expect(await vouchers.find(other, call()), JSON.stringify(other)).toBeNull();
      }
    });

    it.each([1, 2, 100])('lists every one once, %i at a time', async (limit) => {
      const made = await Promise.all([1, 2, 3].map(() => vouchers.create(wanted(), change())));
      const listed: Voucher[] = [];
      let after: string | null = null;
      do {
        const page = await vouchers.list({ after, limit }, call());
        expect(page.vouchers.length).toBeLessThanOrEqual(limit);
        listed.push(...page.vouchers);
        after = page.next;
      } while (after !== null);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
      for (const voucher of made) expect(listed).toContainEqual(voucher);
    });

    it('revokes one for good, and takes one that is not there for revoked', async () => {
      const [kept, gone] = [await vouchers.create(wanted(), change()), await vouchers.create(wanted(), change())];
      await vouchers.revoke(gone.id, change());
      await vouchers.revoke(gone.id, change());
      for (const id of ['999999', '0', '', ' 1', `${kept.id}abc`, '\u0000', 'x'.repeat(65)]) {
        await vouchers.revoke(id, change());
      }
      expect(await vouchers.find(gone.code, call())).toBeNull();
      expect(await vouchers.find(kept.code, call())).toEqual(kept);
    });

    it('refuses what its rules do not allow, and makes nothing', async () => {
      const { code } = wanted();
      const malformed = [
        { code: 'x'.repeat(rule.minLength - 1) },
        { code: 'x'.repeat(rule.maxLength + 1) },
        { code: `${code} x` },
        { code: '' },
        { code, uses: 0 },
        { code, uses: -1 },
        { code, uses: 1.5 },
        { code, uses: largestUses + 1 },
        { code, credits: money(-1n, unit) },
        { code, credits: money(0n, unit) },
        { code, credits: money(1n, { code: unit.code, scale: unit.scale + 1 }) },
      ];
      for (const attempt of malformed) {
        const error = await failureOf(vouchers.create(wanted(attempt), change()));
        expect([error.kind, error.effect]).toEqual(['rejected', 'none']);
      }
      expect(await vouchers.find(code, call())).toBeNull();
    });

    it('makes and revokes nothing for a caller who has given up', async () => {
      const asked = wanted();
      const gone = () => change(uniqueName(), AbortSignal.abort());
      expect((await failureOf(vouchers.create(asked, gone()))).effect).toBe('none');
      expect(await vouchers.find(asked.code, call())).toBeNull();
      const made = await vouchers.create(asked, change());
      expect((await failureOf(vouchers.revoke(made.id, gone()))).effect).toBe('none');
      expect(await vouchers.find(asked.code, call())).toEqual(made);
    });
  });
}
