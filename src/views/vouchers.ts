import type { Money } from '../domain/money.ts';
import { maskCode } from '../domain/voucher-code.ts';
import { numberWords } from '../locales/en/operations.ts';
import { outcomeWords } from '../locales/en/outcome.ts';
import { voucherWords } from '../locales/en/vouchers.ts';
import { amount, join, plain, type Text, text, untrusted } from '../locales/text.ts';
import { button, buttonRows, fitRows, heading, lines, pageButtons, paragraph, run, subtext } from './parts.ts';
import type { Block, OptionValues, View } from './view.ts';

/** A voucher as it is told to people. Its code is like cash: it stands masked unless it is to be shown. */
export interface VoucherFacts {
  readonly id: string;
  readonly code: string;
  readonly credits: Money;
  readonly uses: number;
  /** Null where the panel does not say. */
  readonly used: number | null;
  readonly memo: string | null;
  readonly expiresAt: Date | null;
}

/** The one time that a code is shown without being asked for: to who made it. */
export function voucherMadeView(
  { number }: { readonly number: number },
  made: { readonly voucherCode: string } & Pick<VoucherFacts, 'credits' | 'uses' | 'memo' | 'expiresAt'>,
): View<'private'> {
  return {
    visibility: 'private',
    tone: 'good',
    secret: true,
    blocks: [
      paragraph(
        lines([
          join([
            text`**${voucherWords.created}**`,
            voucherWords.uses(made.uses, amount(made.credits)),
            made.expiresAt === null ? null : voucherWords.until(made.expiresAt),
            made.memo === null ? null : untrusted(made.memo, 150),
            numberWords(number),
          ]),
          heading(untrusted(made.voucherCode, 200)),
          subtext(voucherWords.keepIt),
        ]),
      ),
    ],
  };
}

/** One page of a panel's vouchers. */
export interface VoucherPageFacts {
  readonly panel: { readonly id: string; readonly label: string };
  readonly vouchers: readonly VoucherFacts[];
  readonly cursor: string | null;
  readonly next: string | null;
}

/** `revealed`: with the codes in plain sight. */
export function vouchersView(
  page: VoucherPageFacts,
  { revealed, now }: { readonly revealed: boolean; readonly now: Date },
): View<'private'> {
  const { panel, vouchers, cursor, next } = page;
  const here = { panel: panel.id, cursor: cursor ?? '' };
  const make = button(voucherWords.create, run('voucher create', { panel: panel.id }, 'form'));
  return {
    visibility: 'private',
    tone: 'neutral',
    ...(revealed ? { secret: true as const } : {}),
    blocks: [
      paragraph(
        lines([
          heading(voucherWords.title(panel.label)),
          vouchers.length === 0
            ? subtext(voucherWords.empty)
            : fitRows(vouchers, (voucher, limit) => voucherLine(voucher, limit, { revealed, now })),
        ]),
      ),
      ...revoking(vouchers, here),
      ...buttonRows([
        make,
        ...(revealed || vouchers.length === 0 ? [] : [button(voucherWords.reveal, run('voucher reveal', here))]),
      ]),
      ...pageButtons({ previous: cursor === null ? null : '', next }, 'voucher list', here, {
        previous: voucherWords.first,
        next: voucherWords.next,
      }),
    ],
  };
}

/** The question before a voucher is revoked. */
export function revocationView(
  panel: string,
  voucher: VoucherFacts,
  { now, answer }: { readonly now: Date; readonly answer: 'private' | 'public' },
): View<'private'> {
  const confirmed = run('voucher revoke-confirmed', { panel, voucher: voucher.id, code: voucher.code }, answer);
  const leave = { ...run('leave', {}, 'update'), once: 'revoke' };
  return {
    visibility: 'private',
    tone: 'warning',
    blocks: [
      paragraph(
        lines([
          heading(voucherWords.revokeTitle(maskCode(voucher.code))),
          voucherLine(voucher, 60, { revealed: false, now }),
          subtext(voucherWords.revokeNext),
        ]),
      ),
      ...buttonRows([
        button(voucherWords.revokeButton, { ...confirmed, once: 'revoke' }, 'danger'),
        button(outcomeWords.leaveIt, leave),
      ]),
    ],
  };
}

export function voucherRevokedView(
  { number, actorId }: { readonly number: number; readonly actorId: string },
  { voucherCode }: { readonly voucherCode: string },
  panelLabel: string,
): View<'masked'> {
  const words = join([voucherWords.revoked(maskCode(voucherCode)), numberWords(number)]);
  return {
    visibility: 'masked',
    tone: 'neutral',
    audience: 'accounts.view',
    blocks: [paragraph(lines([words, subtext(outcomeWords.by(untrusted(panelLabel, 40), actorId))]))],
  };
}

/** Codes are no part of the choices: whoever was not shown them does not get them with the message either. */
function revoking(vouchers: readonly VoucherFacts[], here: OptionValues): readonly Block[] {
  if (vouchers.length === 0) return [];
  const choices = vouchers.map(({ id, code, credits, uses, memo }) => ({
    label: [maskCode(code), voucherWords.uses(uses, amount(credits)), memo === null ? '' : plain(memo, 40)]
      .filter((part) => part !== '')
      .join(' · '),
    value: id,
  }));
  const action = { ...run('voucher revoke-listed', here), fill: 'voucher' };
  return [{ kind: 'choice', select: { placeholder: voucherWords.revoke, choices, action } }];
}

/** `AB••••YZ · 500 · 1 of 3 used · until … · Summer fair` */
function voucherLine(
  { code, credits, uses, used, expiresAt, memo }: VoucherFacts,
  limit: number,
  { revealed, now }: { readonly revealed: boolean; readonly now: Date },
): Text {
  const shown = revealed ? untrusted(code, 64) : untrusted(maskCode(code), 40);
  const expiry = expiresAt && (expiresAt > now ? voucherWords.until(expiresAt) : voucherWords.ended(expiresAt));
  return join([
    text`**${shown}**`,
    amount(credits),
    used === null ? voucherWords.neverSaid(uses) : voucherWords.used(used, uses),
    expiry,
    memo === null ? null : untrusted(memo, limit),
  ]);
}
