import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import { operationChoice } from '../../src/locales/en/operation-card.ts';
import { completeOperations, type OperationsMeant } from '../../src/services/operations/complete.ts';

const NUMBER = /^#?\d{1,15}$/;

/** An operation by its number, typed with or without the `#`. */
function numbered(meant: OperationsMeant, description: string): Option<number> {
  return {
    type: 'text',
    description,
    label: 'Operation',
    placeholder: '#1042',
    schema: z
      .union([z.number(), z.string()])
      .transform((given) => String(given).trim())
      .refine((given) => NUMBER.test(given), 'Write the number of an operation, such as #1042.')
      .transform((given) => Number(given.replace('#', ''))),
    required: true,
    maxLength: 20,
    complete: async (ctx, typed) =>
      (await completeOperations(ctx, typed, meant)).map((operation) => ({
        name: operationChoice(operation),
        value: `#${operation.number}`,
      })),
  };
}

/** Any operation; completes the latest. */
export const operation = numbered('any', 'Its number, such as #1042');

/** One that has not ended; completes those. */
export const openOperation = numbered('open', 'The number of one that has not ended, such as #1042');

/** One that may be taken back; completes what the actor did lately. */
export const ownOperation = numbered('own', 'Its number, such as #1042; what you did last is offered');
