import { refuse } from '../../domain/refusal.ts';
import { maskCode } from '../../domain/voucher-code.ts';
import { requireAbility, type Voucher } from '../../panels/panel.ts';
import { look } from '../accounts/load.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { authorize } from '../policy/authorize.ts';
import { PAGE_SIZE } from './list.ts';

/** Which voucher: its id, and the code by which it is found again. */
export interface RevocationInput {
  readonly voucherId: string;
  readonly voucherCode: string;
}

export const REVOKE_VOUCHER: VerbDefinition<RevocationInput, RevocationInput> = {
  verb: 'voucher.revoke',
  traits: (panel) => requireAbility(panel, 'vouchers').traits,
  async plan(ctx, target, input) {
    const permissions = ['vouchers.manage'] as const;
    await authorize(ctx, 'vouchers.manage', { panel: target.panel });
    const panel = ctx.panels.get(target.panel);
    const ability = requireAbility(panel, 'vouchers');
    const found = await look(ctx, panel, (call) => ability.find(input.voucherCode, call));
    if (found?.id !== input.voucherId) throw refuse('voucher.none', {});
    const { voucherId, voucherCode } = input;
    return {
      panel,
      accountId: null,
      memberId: null,
      target: null,
      permissions,
      input,
      before: null,
      reason: null,
      delta: null,
      repeatWindowMinutes: 0,
      dueAt: null,
      facts: {
        code: maskCode(voucherCode),
        voucher: voucherId,
        credits: found.credits.minor.toString(),
        uses: found.uses,
        ...(found.used === null ? {} : { used: found.used }),
      },
      personal: { voucherCode },
    };
  },
  async effect({ panel, input }, change) {
    await requireAbility(panel, 'vouchers').revoke(input.voucherId, change);
    return input;
  },
  async seen({ panel, input }, call) {
    const found = await requireAbility(panel, 'vouchers').find(input.voucherCode, call);
    return found?.id === input.voucherId && !isSpent(found) ? { happened: false } : { happened: true, result: input };
  },
  result: ({ input }) => input,
  account: () => null,
};

/** Revokes a voucher: what was drawn on it stays drawn. @throws Refusal the policy's, `ability.missing`, `voucher.none` */
export async function revokeVoucher(
  ctx: Context,
  { panel, voucher }: { readonly panel: string; readonly voucher: Pick<Voucher, 'id' | 'code'> },
): Promise<Outcome<RevocationInput>> {
  const input = { voucherId: voucher.id, voucherCode: voucher.code };
  return operate(ctx, REVOKE_VOUCHER, { panel, accountId: null }, input);
}

/** A voucher by its code, or by its id on a page of the list: codes are not put where they can be read. */
export type VoucherNamed =
  | { readonly panel: string; readonly code: string }
  | { readonly panel: string; readonly id: string; readonly cursor: string | undefined };

/** The voucher that is meant. @throws Refusal the policy's, `ability.missing`, `voucher.none` */
export async function findVoucher(ctx: Context, named: VoucherNamed): Promise<Voucher> {
  await authorize(ctx, 'vouchers.manage', { panel: named.panel });
  const panel = ctx.panels.get(named.panel);
  const ability = requireAbility(panel, 'vouchers');
  const found = await look(ctx, panel, async (call) => {
    if ('code' in named) return ability.find(named.code.trim(), call);
    const page = await ability.list({ after: named.cursor || null, limit: PAGE_SIZE }, call);
    return page.vouchers.find(({ id }) => id === named.id);
  });
  if (!found) throw refuse('voucher.none', {});
  return found;
}

/** Nobody can draw on it any more: some panels keep what was revoked, as used up. */
function isSpent({ used, uses }: Voucher): boolean {
  return used !== null && used >= uses;
}
