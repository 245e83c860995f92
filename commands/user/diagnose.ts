import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { TARGET_WORDS } from '../../src/locales/en/dispatch.ts';
import { diagnose } from '../../src/services/accounts/diagnose.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { candidatesView } from '../../src/views/candidates.ts';
import { diagnosisView, noAccountView } from '../../src/views/diagnosis.ts';
import { accountName } from '../options/account.ts';
import { panel } from '../options/panel.ts';

export default command({
  name: 'user diagnose',
  description: 'Find out why somebody cannot log in, and mend it',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Find out why somebody cannot log in',
  options: {
    member: { type: 'user', ...TARGET_WORDS.member, schema: z.string().optional(), required: false },
    account: accountName,
    panel,
  },
  run: async ({ ctx, command: name, given, place }, input) => {
    const found = await diagnose(ctx, input);
    switch (found.kind) {
      case 'account':
        return diagnosisView(found, { staff: place.staff });
      case 'several': {
        const { account: _, ...options } = given;
        return candidatesView({ command: name, options, answer: 'private', accounts: found.accounts });
      }
      case 'none':
        return noAccountView({
          ...found,
          permissions: new Set(allowed(ctx, 'audit.view') ? (['audit.view'] as const) : []),
        });
    }
  },
});
