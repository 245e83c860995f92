import { PanelError, type Voucher, type VouchersAbility } from '../../../src/panels/panel.ts';
import type { TestTraits } from './abilities.ts';
import type { Performer } from './perform.ts';
import type { TestPanelState } from './state.ts';
import { readMinor } from './values.ts';

/** A voucher that the panel has without the bot's doing. */
export type NewVoucher = Pick<Voucher, 'code' | 'credits'> & Partial<Omit<Voucher, 'id'>>;

const CODE = { minLength: 4, maxLength: 36, pattern: '[A-Za-z0-9_\\-]+' };
const LARGEST_USES = 1_000_000;

/** Of one code there is never a second. Steps and receipts hold the voucher's id in the place of an account's. */
export function testVouchers(state: TestPanelState, performer: Performer, traits: TestTraits): VouchersAbility {
  return {
    traits: { ...traits, unit: state.unit, code: CODE, largestUses: LARGEST_USES },
    async create(wanted, change) {
      readMinor(state, wanted.credits);
      checkVoucher(wanted);
      return performer.change('voucher.create', null, { traits, change }, async ({ once }) => {
        const effected = once(() => ({ accountId: insertVoucher(state, { ...wanted, used: 0 }).id, balance: null }));
        return { effected, result: { ...voucherOf(state, effected.accountId) } };
      });
    },
    find: (code, call) =>
      performer.read('vouchers.find', null, call, () => {
        const found = state.vouchers.find((voucher) => voucher.code === code);
        return found ? { ...found } : null;
      }),
    list: ({ after, limit }, call) =>
      performer.read('vouchers.list', null, call, () => {
        const start = after === null ? 0 : state.vouchers.findIndex(({ id }) => id === after) + 1;
        const vouchers = state.vouchers.slice(start, start + limit);
        const next = start + limit < state.vouchers.length ? (vouchers.at(-1)?.id ?? null) : null;
        return { vouchers, next };
      }),
    async revoke(voucherId, change) {
      await performer.change('voucher.revoke', null, { traits, change }, async ({ once }) => ({
        effected: once(() => {
          const index = state.vouchers.findIndex(({ id }) => id === voucherId);
          if (index >= 0) state.vouchers.splice(index, 1);
          return { accountId: voucherId, balance: null };
        }),
        result: undefined,
      }));
    },
  };
}

/** @throws PanelError `rejected`, effect `none`, for a code or a number of uses that the panel does not take. */
function checkVoucher({ code, uses }: Pick<Voucher, 'code' | 'uses'>): void {
  const fits =
    code.length >= CODE.minLength && code.length <= CODE.maxLength && new RegExp(`^${CODE.pattern}$`).test(code);
  if (!fits) throw new PanelError('rejected', 'none', 'not a code');
  if (!Number.isInteger(uses) || uses < 1 || uses > LARGEST_USES)
    throw new PanelError('rejected', 'none', 'not a number of uses');
}

/** @throws PanelError `conflict`, effect `none`, when there is one of this code. */
export function insertVoucher(state: TestPanelState, voucher: NewVoucher): Voucher {
  if (state.vouchers.some(({ code }) => code === voucher.code))
    throw new PanelError('conflict', 'none', 'there is a voucher of this code');
  state.vouchersMade += 1;
  const inserted: Voucher = {
    id: `v-${state.vouchersMade}`,
    uses: 1,
    used: 0,
    memo: null,
    expiresAt: null,
    createdAt: state.now(),
    ...voucher,
  };
  state.vouchers.push(inserted);
  return { ...inserted };
}

function voucherOf(state: TestPanelState, id: string): Voucher {
  const voucher = state.vouchers.find((each) => each.id === id);
  if (!voucher) throw new PanelError('not_found', 'none', `there is no voucher ${JSON.stringify(id)}`);
  return voucher;
}
