import { actorId } from '../../domain/actor.ts';
import { maskCode } from '../../domain/voucher-code.ts';
import { requireAbility, type Voucher } from '../../panels/panel.ts';
import { look } from '../accounts/load.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';

export const PAGE_SIZE = 10;

/** One page of a panel's vouchers, in its own order. */
export interface VoucherList {
  readonly panel: { readonly id: string; readonly label: string };
  readonly vouchers: readonly Voucher[];
  /** The page that this is; null for the first. */
  readonly cursor: string | null;
  /** The page that follows; null on the last. */
  readonly next: string | null;
}

export interface VoucherQuery {
  readonly panel: string;
  readonly cursor: string | undefined;
}

/** @throws Refusal the policy's, `ability.missing`, `panel.failed` */
export async function listVouchers(ctx: Context, { panel: panelId, cursor }: VoucherQuery): Promise<VoucherList> {
  await authorize(ctx, 'vouchers.manage', { panel: panelId });
  const panel = ctx.panels.get(panelId);
  const ability = requireAbility(panel, 'vouchers');
  const after = cursor || null;
  const { vouchers, next } = await look(ctx, panel, (call) => ability.list({ after, limit: PAGE_SIZE }, call));
  return { panel: { id: panel.id, label: panel.label }, vouchers, cursor: after, next };
}

/** The same, whose codes are to be shown: that they were is audited, with as much of each as may be read by others. */
export async function revealVouchers(ctx: Context, query: VoucherQuery): Promise<VoucherList> {
  const list = await listVouchers(ctx, query);
  await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, 'vouchers.manage', query.panel);
    if (!(await isFirstTime(ctx, 'voucher.reveal', transaction))) return;
    await recordAudit(transaction, {
      actorId: actorId(ctx.actor),
      action: 'voucher.reveal',
      outcome: 'succeeded',
      panel: query.panel,
      facts: { codes: list.vouchers.map(({ code }) => maskCode(code)) },
    });
  });
  return list;
}
