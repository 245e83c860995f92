import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';

/** Which server of an account; carried by buttons. */
export const serverId = {
  type: 'hidden',
  description: 'Which server',
  label: 'Server',
  schema: z.string().min(1).max(64),
  required: true,
} as const satisfies Option<string>;

/** The same where all can be meant. */
export const optionalServerId = {
  ...serverId,
  schema: z.string().min(1).max(64).optional(),
  required: false,
} as const satisfies Option<string | undefined>;
