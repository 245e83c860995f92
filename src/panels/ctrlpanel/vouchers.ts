import { path } from '../http/client.ts';
import { PanelError, type Voucher, type VouchersAbility } from '../panel.ts';
import { creditsOf, minorOf, numberFor, UNIT } from './amounts.ts';
import { pageOf, voucher, type WireVoucher, wrappedOne } from './api-types.ts';
import type { Connection } from './connection.ts';
import { InputRefused, rejected } from './failures.ts';
import { isId, SETTLE_AFTER_MS } from './map.ts';
import { everyPage, filterFor, readPage } from './pages.ts';
import { timeOf, typedTime } from './times.ts';

const CODE = { minLength: 4, maxLength: 36, pattern: '[A-Za-z0-9_-]+' } as const;
const LARGEST_USES = 2_147_483_647;
const LONGEST_MEMO = 191;
const PATH = '/vouchers';

const voucherPage = pageOf(voucher);
const INCLUDE = { include: 'usersCount' };

export function vouchersAbility(panel: Connection): VouchersAbility {
  const { client } = panel;
  const pattern = new RegExp(`^(?:${CODE.pattern})$`);
  const isCode = (code: string) => code.length >= CODE.minLength && code.length <= CODE.maxLength && pattern.test(code);

  const find: VouchersAbility['find'] = async (code, call) => {
    if (!isCode(code)) return null;
    const query = { ...INCLUDE, 'filter[code]': filterFor(code) };
    for await (const found of everyPage(client, call, PATH, query, voucherPage)) {
      if (found.code === code) return toVoucher(panel, found);
    }
    return null;
  };

  return {
    traits: {
      idempotent: false,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.row,
      effects: ['Whoever knows the code can use it, each account once.'],
      unit: UNIT,
      code: CODE,
      largestUses: LARGEST_USES,
    },
    async create({ code, credits, uses, memo, expiresAt }, change) {
      const minor = minorOf(credits);
      if (!isCode(code)) throw rejected('that is no code', 'A code has 4 to 36 letters, digits, “-” and “_”.');
      if (!Number.isSafeInteger(uses) || uses < 1 || uses > LARGEST_USES)
        throw rejected(`${uses} uses`, `A voucher is used from 1 to ${LARGEST_USES} times.`);
      if (memo !== null && [...memo].length > LONGEST_MEMO)
        throw rejected('a long memo', `The memo has at most ${LONGEST_MEMO} characters.`);
      await panel.writable(change);
      const expires = expiresAt ? { expires_at: typedTime(expiresAt, panel.timeZone) } : {};
      const body = { code, credits: numberFor(minor).value, uses, ...(memo === null ? {} : { memo }), ...expires };
      try {
        const request = { method: 'POST', path: PATH, body, writing: 'row' } as const;
        return toVoucher(panel, { users_count: 0, ...(await client.write(change, request, wrappedOne(voucher))) });
      } catch (error) {
        if (!(error instanceof InputRefused) || !error.fields.includes('code')) throw error;
        throw new PanelError('conflict', 'none', 'there is a voucher of this code', {
          detail: 'There is a voucher of this code.',
        });
      }
    },
    find,
    async list({ after, limit }, call) {
      const page = await readPage(client, call, { at: PATH, query: INCLUDE, after, limit }, voucherPage);
      return { vouchers: page.items.map((found) => toVoucher(panel, found)), next: page.next };
    },
    async revoke(voucherId, change) {
      if (!isId(voucherId)) return;
      await panel.writable(change);
      try {
        await client.remove(change, { path: path`/vouchers/${voucherId}`, writing: 'row' });
      } catch (error) {
        if (!(error instanceof PanelError) || error.kind !== 'not_found') throw error;
      }
    },
  };
}

function toVoucher({ timeZone }: Connection, found: WireVoucher): Voucher {
  return {
    id: found.id,
    code: found.code,
    credits: creditsOf(found.credits),
    uses: found.uses,
    used: found.users_count ?? null,
    memo: found.memo ?? null,
    expiresAt: timeOf(found.expires_at, timeZone),
    createdAt: timeOf(found.created_at, timeZone),
  };
}
