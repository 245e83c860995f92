import { limitWords } from '../locales/en/limits.ts';
import { voucherWords } from '../locales/en/vouchers.ts';
import { amount, type Text, untrusted } from '../locales/text.ts';
import type { RecordFacts } from './record-facts.ts';

/** What an operation changes that its verb and amount do not say: `3 → 5 servers`, `+2 servers`, `3 × 500`, `smp`. Null for most. */
export function particulars({ operation: { verb, delta }, limit, voucher, servers }: RecordFacts): Text | null {
  if (servers.length > 0) return untrusted(servers.join(', '), 60);
  if (voucher !== null && delta !== null)
    return voucherWords.uses(voucher.uses, amount({ minor: voucher.creditsMinor, unit: delta.unit }));
  if (limit === null) return null;
  if (limit.before !== null && limit.after !== null) return limitWords.moved(limit.before, limit.after);
  if (verb === 'limit.set') return limitWords.servers(limit.count);
  return limitWords.by(verb === 'limit.remove' ? -limit.count : limit.count);
}
