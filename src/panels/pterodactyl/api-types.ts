/** What the application API answers, as far as it is used; whatever else it says is dropped as it is read, customers' secrets with it. */
import { z } from 'zod';

/** Null for what is no time: databases have dates of zeros in place of none. */
const time = z
  .union([z.iso.datetime({ offset: true }), z.unknown().transform(() => null)])
  .transform((text) => (text === null ? null : new Date(text)));

/** What stands in place of something that the key may not read. */
const hidden = z.object({ object: z.literal('null_resource') });

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ object: z.literal('list'), data: z.array(item) });

const server = z.object({
  object: z.literal('server'),
  attributes: z.object({
    id: z.int().positive(),
    identifier: z.string(),
    name: z.string(),
    status: z.string().nullable(),
    suspended: z.boolean(),
    created_at: time,
  }),
});

const role = z.object({
  object: z.literal('role'),
  attributes: z.object({ id: z.int().positive(), name: z.string() }),
});

export const userAnswer = z.object({
  object: z.literal('user'),
  attributes: z.object({
    id: z.int().positive(),
    external_id: z.string().nullable(),
    username: z.string(),
    email: z.string(),
    /** Pterodactyl only. */
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    language: z.string().nullish(),
    root_admin: z.boolean(),
    /** Pelican only. */
    '2fa_enabled': z.boolean().optional(),
    '2fa': z.boolean().optional(),
    created_at: time,
    relationships: z
      .object({
        servers: z.union([listOf(server), hidden]).optional(),
        roles: z.union([listOf(role), hidden]).optional(),
      })
      .optional(),
  }),
});

const pagination = z.object({
  pagination: z.object({ total: z.int().nonnegative(), total_pages: z.int().nonnegative() }),
});

/** Users who are unlike anything known are passed over, as long as there are others. */
export const usersAnswer = listOf(z.unknown())
  .extend({ meta: pagination })
  .transform(({ data, meta }, context) => {
    const readable = data.flatMap((one) => userAnswer.safeParse(one).data ?? []);
    if (data.length > 0 && readable.length === 0) context.addIssue({ code: 'custom', path: ['data'] });
    return { data: readable, meta };
  });

export const rolesAnswer = listOf(role).extend({ meta: pagination });

const error = z.object({
  code: z.string(),
  detail: z.string().nullish(),
  meta: z.object({ source_field: z.string(), rule: z.string() }).partial().optional(),
});

/** `status` is a text here, and means what the HTTP status does: `code` says more. */
export const errorsAnswer = z.object({ errors: z.tuple([error], error) });

export type UserAnswer = z.output<typeof userAnswer>;
export type ServerAnswer = z.output<typeof server>;
export type ErrorAnswer = z.output<typeof error>;
