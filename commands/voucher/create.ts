import { z } from 'zod';
import { command, type Prefill } from '../../src/discord/command.ts';
import { createVoucher, MEMO_LENGTH } from '../../src/services/vouchers/create.ts';
import type { View } from '../../src/views/view.ts';
import { voucherAnswer } from '../answers/outcome.ts';
import { chosenPanel } from '../answers/panel.ts';
import { amount } from '../options/amount.ts';
import { day } from '../options/day.ts';
import { panel } from '../options/panel.ts';
import { wholeNumber } from '../options/whole-number.ts';

/** The answer is private always: it holds the code. */
export default command({
  name: 'voucher create',
  description: 'Create a voucher, which whoever has its code exchanges for credits',
  permission: 'vouchers.manage',
  ability: 'vouchers',
  scope: 'staff',
  answer: 'private',
  formTitle: 'Create a voucher',
  options: {
    credits: {
      ...amount,
      description: 'What each use gives: digits, with a point before decimals, such as 50 or 12.5',
      label: 'Credits for each use',
    },
    uses: wholeNumber({
      label: 'How often it can be used',
      description: 'How often it can be used in all, by different accounts',
      least: 1,
      most: 2_147_483_647,
    }),
    expires: { ...day('Its last day, such as 2026-03-01', 'Its last day'), offered: true },
    code: {
      type: 'text',
      description: 'The code; left out, one is made that nobody can guess',
      label: 'Code',
      placeholder: 'Left empty: one that nobody can guess',
      schema: z.string().max(200).optional(),
      required: false,
      offered: true,
      maxLength: 200,
    },
    memo: {
      type: 'text',
      description: 'What it is for',
      label: 'What it is for',
      schema: z.string().trim().max(MEMO_LENGTH).optional(),
      required: false,
      offered: true,
      maxLength: MEMO_LENGTH,
    },
    panel,
  },
  prefill: async (request): Promise<Prefill | View> => {
    const chosen = chosenPanel(request, 'vouchers', 'vouchers.manage', 'form');
    return 'view' in chosen ? chosen.view : { values: {} };
  },
  run: async (request, { panel: _, ...wish }) => {
    const chosen = chosenPanel(request, 'vouchers', 'vouchers.manage');
    if ('view' in chosen) return chosen.view;
    return voucherAnswer(request, await createVoucher(request.ctx, { ...wish, panel: chosen.panel }));
  },
});
