/** Words about vouchers. */
import { moment, type Text, text, untrusted } from '../text.ts';

export const voucherWords = {
  title: (panel: string): Text => text`Vouchers in ${untrusted(panel, 40)}`,
  empty: text`There are no vouchers.`,
  create: 'Create a voucher',
  created: text`Voucher created`,
  keepIt: text`Whoever has the code can use it. It is shown here once; \`/voucher list\` reveals it again.`,
  uses: (uses: number, credits: Text): Text => text`${uses} × ${credits}`,
  used: (used: number, uses: number): Text => text`${used} of ${uses} used`,
  neverSaid: (uses: number): Text => (uses === 1 ? text`1 use` : text`${uses} uses`),
  until: (at: Date): Text => text`until ${moment(at, 'dateTime')}`,
  ended: (at: Date): Text => text`ended ${moment(at)}`,
  reveal: 'Reveal codes',
  revoke: 'Revoke a voucher…',
  first: 'First',
  next: 'Next',
  revokeTitle: (code: string): Text => text`Revoke the voucher ${untrusted(code, 40)}?`,
  revokeNext: text`Nobody can use it from then on. What was drawn on it stays.`,
  revokeButton: 'Revoke',
  revoked: (code: string): Text => text`**Voucher revoked** · ${untrusted(code, 40)}`,
} as const;
