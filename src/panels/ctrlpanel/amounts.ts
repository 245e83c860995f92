import { type Money, money, parseAmount, type Unit } from '../../domain/money.ts';
import { Refusal } from '../../domain/refusal.ts';
import { rejected } from './failures.ts';

/** Credits of CtrlPanel.gg: thousandths. */
export const UNIT: Unit = { code: 'credits', scale: 3 };

const THOUSAND = 1_000n;

/** What the panel takes at once, and what is removed at least. */
export const ONE_CREDIT = money(THOUSAND, UNIT);

/** The credits that a number of the panel stands for: exact below 2^43 of them, then the nearest. */
export function creditsOf(value: number): Money {
  // Not by multiplying, which rounds once more.
  return money(BigInt(value.toFixed(UNIT.scale).replace('.', '')), UNIT);
}

/**
 * The number to send so that the panel, which multiplies by 1000 and cuts off what is behind the point, comes to exactly these thousandths.
 * A number that it multiplies without a remainder is taken where there is one: `remainder` says that there is none.
 *
 * @throws PanelError `rejected`, effect `none`, for what no number can say
 */
export function numberFor(minor: bigint): { readonly value: number; readonly remainder: boolean } {
  if (minor % THOUSAND === 0n && minor / THOUSAND <= BigInt(Number.MAX_SAFE_INTEGER))
    return { value: Number(minor / THOUSAND), remainder: false };
  const wanted = Number(minor);
  const near = Number.isSafeInteger(wanted) ? neighbours(wanted / 1_000) : [];
  const exact = near.find((value) => value * 1_000 === wanted);
  if (exact !== undefined) return { value: exact, remainder: false };
  const value = near.find((candidate) => Math.trunc(candidate * 1_000) === wanted);
  if (value === undefined)
    throw rejected('no number says this amount', 'CtrlPanel.gg cannot keep an amount this large to the last digit.');
  return { value, remainder: true };
}

/** A number above zero, and the ones next to it on either side. */
function neighbours(value: number): readonly number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  return [bits, bits + 1n, bits - 1n].map((other) => {
    view.setBigUint64(0, other);
    return view.getFloat64(0);
  });
}

/** @throws PanelError `rejected`, effect `none`, for an amount of another unit, below zero, or zero where that means nothing. */
export function minorOf(amount: Money, { zero = false }: { zero?: boolean } = {}): bigint {
  if (amount.unit.code !== UNIT.code || amount.unit.scale !== UNIT.scale)
    throw rejected(
      `an amount in ${amount.unit.code} of scale ${amount.unit.scale}`,
      'The amount is not in credits of CtrlPanel.gg.',
    );
  if (amount.minor < 0n || (amount.minor === 0n && !zero))
    throw rejected('an amount below or at zero', 'The amount is too small.');
  return amount.minor;
}

/** @throws PanelError `rejected`, effect `none`, when the text is no amount of this panel. */
export function parseCredits(text: string): Money {
  try {
    return parseAmount(text, UNIT);
  } catch (error) {
    if (error instanceof Refusal) throw rejected(`credits: ${error.code}`, 'The amount is not valid.');
    throw error;
  }
}
