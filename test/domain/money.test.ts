import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatDelta,
  money,
  parseAmount,
  parsePositiveAmount,
  toDecimal,
} from '../../src/domain/money.ts';
import { Refusal } from '../../src/domain/refusal.ts';

const hundredths = { code: 'credits', scale: 2 };

function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'none';
}

describe('an amount as people type it', () => {
  it.each([
    ['50', 5000n],
    ['0', 0n],
    ['1.5', 150n],
    ['1.50', 150n],
    ['1.500', 150n],
    [' 12 ', 1200n],
    ['007', 700n],
    ['9007199254740.99', 900719925474099n],
  ])('%s is read exactly', (text, minor) => {
    expect(parseAmount(text, hundredths)).toEqual(money(minor, hundredths));
  });

  it.each(['1e9', '-5', '+5', '1,5', '1.234.567', '1 000', '', '.', '.5', '5.', '0x10', '٥', '１', 'NaN', 'Infinity'])(
    '%j is refused as malformed, not guessed at',
    (text) => {
      expect(refusalOf(() => parseAmount(text, hundredths))).toBe('amount.malformed');
    },
  );

  it('finer than the unit is refused, never rounded', () => {
    expect(refusalOf(() => parseAmount('0.001', hundredths))).toBe('amount.too_fine');
  });

  it('too large for the store is refused', () => {
    expect(refusalOf(() => parseAmount('99999999999999', hundredths))).toBe('amount.too_large');
    expect(refusalOf(() => parseAmount('9'.repeat(400), hundredths))).toBe('amount.too_large');
  });

  it('zero is refused where something is to be moved', () => {
    expect(refusalOf(() => parsePositiveAmount('0.00', hundredths))).toBe('amount.zero');
  });

  it('survives the way to text and back, at every scale', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: 0, max: 6 }), (minor, scale) => {
        const amount = money(minor, { code: 'credits', scale });
        expect(parseAmount(toDecimal(amount), amount.unit)).toEqual(amount);
      }),
    );
  });
});

describe('an amount as people read it', () => {
  it.each([
    [5000n, '50'],
    [5050n, '50.50'],
    [123456789n, '1\u2009234\u2009567.89'],
    [-150n, '−1.50'],
    [5n, '0.05'],
  ])('%s hundredths is %s', (minor, text) => {
    expect(formatAmount(money(minor, hundredths))).toBe(text);
  });

  it('a change carries its sign', () => {
    expect(formatDelta(money(5000n, hundredths))).toBe('+50');
    expect(formatDelta(money(-5000n, hundredths))).toBe('−50');
  });
});
