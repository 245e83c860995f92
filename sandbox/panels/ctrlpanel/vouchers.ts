import { type Answer, noContent } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';
import { coercedId } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { noModel, serverError } from './errors.ts';
import { including, VOUCHER_RELATIONS } from './includes.ts';
import { type Filters, filtered, pageAnswer } from './pages.ts';
import {
  ALPHA_DASH,
  least,
  longest,
  MOST_CREDITS,
  most,
  NUMERIC,
  STRING,
  shortest,
  toMilli,
  unique,
  validate,
} from './rules.ts';
import { type CtrlState, type CtrlUser, type CtrlVoucher, moveCredits, note } from './state.ts';
import { localTime, voucherView } from './views.ts';

const MOST_USES = 2_147_483_647;
const TEN_YEARS_MS = 10 * 365.25 * 24 * 60 * 60_000;

const FILTERS: Filters<CtrlVoucher> = {
  code: ({ code }) => code,
  memo: ({ memo }) => memo,
  credits: ({ creditsMilli }) => creditsMilli,
  uses: ({ uses }) => uses,
};

export function listVouchers({ state, request }: Asked): Answer {
  const along = including(state, VOUCHER_RELATIONS, request);
  const vouchers = filtered(request, state.vouchers.values(), FILTERS);
  return pageAnswer(state, request, vouchers, (voucher) => ({ ...voucherView(state, voucher), ...along(voucher) }));
}

export function showVoucher({ state, request }: Asked, text: string): Answer {
  if (!/^-?\d+$/.test(text)) throw serverError();
  const along = including(state, VOUCHER_RELATIONS, request);
  const voucher = state.vouchers.get(Number(text));
  if (voucher === undefined) throw noModel('Voucher', null);
  return one(state, { ...voucherView(state, voucher), ...along(voucher) });
}

export function boundVoucher(state: CtrlState, text: string): CtrlVoucher {
  const voucher = state.vouchers.get(coercedId(text));
  if (voucher === undefined) throw noModel('Voucher', text);
  return voucher;
}

export function createVoucher({ state, input }: Asked): Answer {
  check(state, input, null);
  const at = state.now();
  const id = state.nextVoucherId++;
  const voucher: CtrlVoucher = { id, ...values(input), userIds: [], createdAt: at, updatedAt: at };
  state.vouchers.set(id, voucher);
  note(state, 'voucher.create', null, { voucherId: id, code: voucher.code, creditsMilli: voucher.creditsMilli });
  return one(state, voucherView(state, voucher), 201);
}

export function updateVoucher({ state, input }: Asked, voucher: CtrlVoucher): Answer {
  check(state, input, voucher);
  const { memo, expiresAt, ...changed } = values(input);
  Object.assign(voucher, changed, { updatedAt: state.now() });
  if (input.memo !== undefined) voucher.memo = memo;
  if (input.expires_at !== undefined) voucher.expiresAt = expiresAt;
  note(state, 'voucher.update', null, { voucherId: voucher.id });
  return one(state, voucherView(state, voucher));
}

export function deleteVoucher({ state }: Asked, voucher: CtrlVoucher): Answer {
  state.vouchers.delete(voucher.id);
  note(state, 'voucher.delete', null, { voucherId: voucher.id, code: voucher.code });
  return noContent();
}

/** A member redeems it in the panel. */
export function redeemVoucher(state: CtrlState, code: string, user: CtrlUser): void {
  const voucher = [...state.vouchers.values()].find((one) => one.code.toLowerCase() === code.toLowerCase());
  if (voucher === undefined) throw new Error(`there is no voucher ${code}`);
  if (voucher.userIds.length >= voucher.uses) throw new Error(`the voucher ${code} is used up`);
  if (voucher.userIds.includes(user.id)) throw new Error(`${user.name} has redeemed the voucher ${code} already`);
  voucher.userIds.push(user.id);
  moveCredits(state, user, voucher.creditsMilli, 'voucher.redeem', { voucherId: voucher.id });
  state.queue.push(user.id);
}

function check(state: CtrlState, input: Input, self: CtrlVoucher | null): void {
  const others = [...state.vouchers.values()].filter((one) => one !== self);
  validate(
    {
      memo: { nullable: true, checks: [STRING, longest(191)] },
      code: {
        required: true,
        checks: [STRING, ALPHA_DASH, longest(36), shortest(4), unique(others.map(({ code }) => code))],
      },
      uses: { required: true, checks: [NUMERIC, most(MOST_USES), least(1)] },
      credits: {
        required: true,
        checks: [NUMERIC, least(state.release === 'development' ? 0.01 : 0), most(MOST_CREDITS)],
      },
      expires_at: { nullable: true, checks: [(value) => expiryProblem(state, value)] },
    },
    input,
  );
}

function expiryProblem(state: CtrlState, value: unknown): string | null {
  const stored = toStored(value);
  if (stored === null) return 'field must match one of the formats d-m-Y H:i:s, d-m-Y.';
  const now = state.now();
  if (stored <= localTime(state, now)) return 'field must be a date after now.';
  if (stored >= localTime(state, new Date(now.getTime() + TEN_YEARS_MS)))
    return 'field must be a date before 10 years.';
  return null;
}

/** `d-m-Y`, with or without `H:i:s`, as the database keeps it. */
function toStored(value: unknown): string | null {
  const parts = /^(\d{2})-(\d{2})-(\d{4})(?: (\d{2}:\d{2}:\d{2}))?$/.exec(typeof value === 'string' ? value : '');
  if (parts === null) return null;
  const [, day, month, year, time = '00:00:00'] = parts;
  return Number.isNaN(Date.parse(`${year}-${month}-${day}T${time}Z`)) ? null : `${year}-${month}-${day} ${time}`;
}

function values(input: Input) {
  return {
    code: String(input.code),
    memo: typeof input.memo === 'string' ? input.memo : null,
    creditsMilli: toMilli(input.credits),
    uses: Math.trunc(Number(input.uses)),
    expiresAt: toStored(input.expires_at),
  };
}
