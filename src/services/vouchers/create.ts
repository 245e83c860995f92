import { type Money, money, parsePositiveAmount } from '../../domain/money.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { maskCode } from '../../domain/voucher-code.ts';
import { type Change, type Panel, PanelError, requireAbility, type Voucher } from '../../panels/panel.ts';
import { look } from '../accounts/load.ts';
import type { Context, Services } from '../context.ts';
import { storable } from '../json.ts';
import { type Outcome, operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { authorize } from '../policy/authorize.ts';
import { checkCode, generateCode } from './code.ts';
import { endOfDay } from './end-of-day.ts';

/** Longest memo, in characters. */
export const MEMO_LENGTH = 150;

/** A voucher as it is wanted. */
export interface VoucherInput {
  /** Named so that it can be told from other codes where it is stored, and be forgotten there. */
  readonly voucherCode: string;
  /** What each use gives. */
  readonly credits: Money;
  readonly uses: number;
  readonly expiresAt: Date | null;
  readonly memo: string | null;
}

/** A voucher that was made. */
export interface VoucherMade extends VoucherInput {
  readonly voucherId: string;
}

/** As much credit as can be stored with an operation. */
const LARGEST_TOTAL_MINOR = 10n ** 15n;

export const CREATE_VOUCHER: VerbDefinition<VoucherInput, VoucherMade> = {
  verb: 'voucher.create',
  traits: (panel) => requireAbility(panel, 'vouchers').traits,
  async plan(ctx, target, input) {
    const permissions = ['vouchers.manage', 'credits.grant'] as const;
    for (const permission of permissions) await authorize(ctx, permission, { panel: target.panel });
    const panel = ctx.panels.get(target.panel);
    const ability = requireAbility(panel, 'vouchers');
    if (input.expiresAt && input.expiresAt <= ctx.clock.now())
      throw refuse('input.invalid', { field: 'expires', problem: 'malformed' });
    if (await isBeingMade(ctx, panel, input)) throw refuse('voucher.taken', {});
    if (await look(ctx, panel, (call) => ability.find(input.voucherCode, call))) throw refuse('voucher.taken', {});
    const { voucherCode, credits, uses, expiresAt, memo } = input;
    return {
      panel,
      accountId: null,
      memberId: null,
      target: null,
      permissions,
      input,
      before: null,
      reason: memo,
      delta: money(credits.minor * BigInt(uses), credits.unit),
      repeatWindowMinutes: 0,
      dueAt: expiresAt,
      facts: { code: maskCode(voucherCode), credits: credits.minor.toString(), uses },
      personal: { voucherCode },
    };
  },
  async effect({ panel, input }, change, services) {
    const { voucherCode: code, credits, uses, memo, expiresAt } = input;
    const ability = requireAbility(panel, 'vouchers');
    try {
      const { id } = await ability.create({ code, credits, uses, memo, expiresAt }, change);
      return { ...input, voucherId: id };
    } catch (error) {
      // Of one code there is never a second: that there is one may be an earlier attempt's doing.
      const taken = error instanceof PanelError && error.kind === 'conflict';
      const made = taken ? await madeBefore(services, { panel, input }, change) : null;
      if (made) return { ...input, voucherId: made.id };
      throw error;
    }
  },
  async seen({ panel, input }, call) {
    const found = await requireAbility(panel, 'vouchers').find(input.voucherCode, call);
    if (!found) return { happened: false };
    return isAsWanted(found, input) ? { happened: true, result: { ...input, voucherId: found.id } } : null;
  },
  result: () => {
    throw new Error('what a voucher came to is seen, and read from no account');
  },
  account: () => null,
  refusal: (error): Refusal | null => (error.kind === 'conflict' ? refuse('voucher.taken', {}) : null),
};

/** What somebody types of a voucher. */
export interface VoucherWish {
  readonly panel: string;
  readonly credits: string;
  readonly uses: number;
  /** Its last day, such as `2026-03-01`, in the time zone of the services. */
  readonly expires: string | undefined;
  /** Absent: one is made. */
  readonly code: string | undefined;
  readonly memo: string | undefined;
}

/**
 * Makes a voucher. All that it may ever give counts against the limits of who makes it, as if it were given at once.
 *
 * @throws Refusal the policy's, `ability.missing`, `amount.…`, `input.invalid`, `voucher.taken`
 */
export async function createVoucher(ctx: Context, wish: VoucherWish): Promise<Outcome<VoucherMade>> {
  const { panel: panelId } = wish;
  await authorize(ctx, 'vouchers.manage', { panel: panelId });
  const { unit, code, largestUses } = requireAbility(ctx.panels.get(panelId), 'vouchers').traits;
  const credits = parsePositiveAmount(wish.credits, unit);
  if (wish.uses > largestUses)
    throw refuse('input.invalid', { field: 'uses', problem: 'malformed', detail: `At most ${largestUses}.` });
  if (credits.minor * BigInt(wish.uses) > LARGEST_TOTAL_MINOR) throw refuse('amount.too_large', { text: wish.credits });
  const memo = storable(wish.memo?.trim() ?? '');
  const input: VoucherInput = {
    voucherCode: wish.code === undefined || wish.code === '' ? generateCode(ctx, code) : checkCode(wish.code, code),
    credits,
    uses: wish.uses,
    expiresAt: wish.expires === undefined ? null : await endOfDay(ctx, wish.expires),
    memo: memo === '' ? null : memo,
  };
  return operate(ctx, CREATE_VOUCHER, { panel: panelId, accountId: null }, input);
}

function isAsWanted({ credits, uses }: Voucher, wanted: VoucherInput): boolean {
  return credits.minor === wanted.credits.minor && uses === wanted.uses;
}

/** Until it is known whether one of this code was made, a second one could not be told from it. */
async function isBeingMade(
  { store: { sql } }: Services,
  panel: Panel,
  { voucherCode }: Pick<VoucherInput, 'voucherCode'>,
): Promise<boolean> {
  const rows = await sql`
    select from operations where panel = ${panel.id} and account_id is null and verb = 'voucher.create'
      and state in ('pending', 'unknown') and input ->> 'voucherCode' = ${voucherCode} limit 1`;
  return rows.length > 0;
}

/** The voucher that an earlier attempt of the same operation has made; null where it may be somebody else's. */
async function madeBefore(
  services: Services,
  { panel, input }: { readonly panel: Panel; readonly input: VoucherInput },
  { reference, resumed }: Change,
): Promise<Voucher | null> {
  if (!resumed) return null;
  const others = await services.store.sql`
    select from operations where panel = ${panel.id} and verb = 'voucher.create'
      and input ->> 'voucherCode' = ${input.voucherCode} and key <> ${reference} and state <> 'failed' limit 1`;
  if (others.length > 0) return null;
  const found = await look(services, panel, (call) => requireAbility(panel, 'vouchers').find(input.voucherCode, call));
  return found && isAsWanted(found, input) ? found : null;
}
