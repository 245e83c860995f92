import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

interface Subject {
  readonly kind: 'role' | 'user';
  readonly id: string;
}

/** A role or a member: whom a grant is for. */
export const subject = {
  type: 'subject',
  description: 'A role or a member',
  label: 'Who',
  schema: z
    .string()
    .regex(/^(?:role|user):\d{1,20}$/)
    .transform((text): Subject => {
      const [kind = '', id = ''] = text.split(':');
      return { kind: kind === 'role' ? 'role' : 'user', id };
    }),
  required: true,
} as const satisfies Option<Subject>;
