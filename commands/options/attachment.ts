import { z } from 'zod';
import type { Option } from '../../src/discord/command.ts';
import type { Attachment } from '../../src/services/context.ts';

const ATTACHMENT = z.object({ name: z.string(), sizeBytes: z.number(), url: z.string() });

/** A file that comes along. Who wants it fetches it, and says how large it may be. */
export function attachment(description: string, label: string): Option<Attachment | undefined> {
  return {
    type: 'attachment',
    description,
    label,
    schema: z
      .string()
      .transform((json): unknown => JSON.parse(json))
      .pipe(ATTACHMENT)
      .optional(),
    required: false,
    offered: true,
  };
}
