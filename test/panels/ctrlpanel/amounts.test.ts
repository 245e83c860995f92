import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../src/domain/money.ts';
import {
  creditsOf,
  minorOf,
  numberFor,
  ONE_CREDIT,
  parseCredits,
  UNIT,
} from '../../../src/panels/ctrlpanel/amounts.ts';

/** What Steward lets anybody type at most, in thousandths. */
const LARGEST = 10n ** 15n;

/** As the panel does it: `(int) ($amount * 1000)`. */
const stored = (value: number) => BigInt(Math.trunc(value * 1_000));

describe('credits of CtrlPanel.gg', () => {
  it('are sent so that what the panel cuts off leaves exactly them', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, LARGEST), (minor) => {
        expect(stored(numberFor(minor).value)).toBe(minor);
      }),
      { numRuns: 20_000 },
    );
  });

  it('are sent exactly where the plain number would lose a thousandth', () => {
    for (const minor of [8_030n, 2_010n, 1_001n, 4_100n, 16_060n]) expect(stored(numberFor(minor).value)).toBe(minor);
    expect(stored(8.03)).toBe(8_029n);
  });

  it('are sent without a fraction where they are whole', () => {
    expect(numberFor(250_000n)).toEqual({ value: 250, remainder: false });
    expect(Number.isInteger(numberFor(LARGEST).value)).toBe(true);
  });

  it('say where the panel would compare with a hair more than them', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, LARGEST), (minor) => {
        const { value, remainder } = numberFor(minor);
        expect(value * 1_000 > Number(minor)).toBe(remainder);
      }),
      { numRuns: 20_000 },
    );
  });

  it('are read as they are kept', () => {
    fc.assert(
      fc.property(fc.bigInt(-LARGEST, 8n * LARGEST), (minor) => {
        expect(creditsOf(Number(minor) / 1_000)).toEqual(money(minor, UNIT));
      }),
      { numRuns: 20_000 },
    );
  });

  it('of no number are refused', () => {
    expect(() => numberFor(10n ** 18n + 1n)).toThrow(expect.objectContaining({ kind: 'rejected', effect: 'none' }));
  });

  it('of another unit are refused, and so are none of them where that means nothing', () => {
    expect(minorOf(ONE_CREDIT)).toBe(1_000n);
    expect(minorOf(money(0n, UNIT), { zero: true })).toBe(0n);
    for (const amount of [money(0n, UNIT), money(-1n, UNIT), money(1n, { code: 'credits', scale: 2 })]) {
      expect(() => minorOf(amount)).toThrow(expect.objectContaining({ kind: 'rejected', effect: 'none' }));
    }
  });

  it('are typed with three digits behind the point at most', () => {
    expect(parseCredits('8.03')).toEqual(money(8_030n, UNIT));
    for (const text of ['8.0301', '-1', '1e3', '1,5']) {
      expect(() => parseCredits(text)).toThrow(expect.objectContaining({ kind: 'rejected', effect: 'none' }));
    }
  });
});
