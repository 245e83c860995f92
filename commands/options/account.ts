import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { formatReference } from '../../src/domain/account.ts';
import { TARGET_WORDS } from '../../src/locales/en/dispatch.ts';
import { completeAccounts } from '../../src/services/directory/complete.ts';

/** An account by name, for a command that has something to say even where there is none of that name. */
export const accountName = {
  type: 'text',
  ...TARGET_WORDS.account,
  schema: z.string().max(200).optional(),
  required: false,
  offered: true,
  maxLength: 200,
  complete: async (ctx, typed) => {
    const found = await completeAccounts(ctx, typed);
    return found.map(({ label, reference }) => ({ name: label, value: formatReference(reference) }));
  },
} as const satisfies Option<string | undefined>;
