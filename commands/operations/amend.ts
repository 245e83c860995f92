import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { REASON_LENGTH } from '../../src/services/accounts/reason.ts';
import { amendOperation } from '../../src/services/operations/amend.ts';
import { showOperation } from '../../src/services/operations/show.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { amendedView, operationCard } from '../../src/views/operation-card.ts';
import { attachment } from '../options/attachment.ts';
import { operation } from '../options/operation.ts';

const optionalText = { type: 'text', required: false, offered: true } as const;

/** Whoever did it may, and those who settle operations: the service asks which. */
export default command({
  name: 'operations amend',
  description: 'Add to the record of an operation: a corrected reason, a message, a file',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Correct the record',
  options: {
    operation,
    reason: {
      ...optionalText,
      description: 'The reason as it should have been; the first one stays beside it',
      label: 'Corrected reason',
      schema: z.string().max(REASON_LENGTH).optional(),
      maxLength: REASON_LENGTH,
    },
    message: {
      ...optionalText,
      description: 'The link of the message that it was about',
      label: 'Link of a message',
      placeholder: 'https://discord.com/channels/…',
      schema: z.string().max(200).optional(),
      maxLength: 200,
    },
    file: attachment('A file that belongs to it, of at most 2 MB', 'File, of at most 2 MB'),
  },
  prefill: async ({ given }) => ({
    values: {},
    ...(given.operation === undefined ? {} : { heading: formWords.aboutOperation(String(given.operation)) }),
  }),
  run: async ({ ctx }, { operation: number, ...added }) => {
    await amendOperation(ctx, { number, ...added });
    return allowed(ctx, 'audit.view') ? operationCard(await showOperation(ctx, number)) : amendedView(number);
  },
});
