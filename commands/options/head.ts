import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

const HEAD = /(\d{1,15})-([0-9a-f]{64})/i;

/** A head of the audit log as it was posted or given: what else was copied with it is left aside. */
export const head = {
  type: 'text',
  description: 'A head that you kept, such as the last one in the audit channel',
  label: 'Head',
  schema: z
    .string()
    .transform((typed, issues) => {
      const [, position, seal] = HEAD.exec(typed) ?? [];
      if (position !== undefined && seal !== undefined) return { position: Number(position), seal: seal.toLowerCase() };
      issues.addIssue({
        code: 'custom',
        message: 'Copy the whole head: a number, a hyphen and 64 letters and digits.',
      });
      return z.NEVER;
    })
    .optional(),
  required: false,
  maxLength: 300,
  placeholder: '1204-5f2c…',
} as const satisfies Option<{ position: number; seal: string } | undefined>;
