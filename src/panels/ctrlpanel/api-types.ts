/** What CtrlPanel.gg answers, as far as it is read. What is asked for with `include` is there only then. */
import { z } from 'zod';

/** 1, true, 0, false, or null, by the route and the release; older PHP sends numbers as text. */
const flag = z
  .union([z.boolean(), z.number(), z.enum(['0', '1']), z.null()])
  .transform((value) => value === true || Number(value) === 1);

/** A number or its text: by the route, and by whether a column has become text since. */
const id = z.union([z.number(), z.string()]).transform(String);

const time = z.string().nullish();

/** As many as the panel's database can hold, and some more. */
const credits = z.number().min(-1e18).max(1e18);

const permission = z.object({ name: z.string() });

export const role = z.object({
  id: z.number(),
  name: z.string(),
  power: z.number().nullish(),
  permissions: z.array(permission).optional(),
});
export type WireRole = z.output<typeof role>;

const product = z.object({ name: z.string() });

export const server = z.object({
  id,
  name: z.string(),
  suspended: time,
  identifier: z.string().nullish(),
  status: z.string().nullish(),
  created_at: time,
  product: product.nullish(),
});
export type WireServer = z.output<typeof server>;

export const payment = z.object({
  id,
  type: z.string().nullish(),
  status: z.string(),
  total_price: z.union([z.number(), z.string()]),
  currency_code: z.string().nullish(),
  created_at: time,
});
export type WirePayment = z.output<typeof payment>;

export const user = z.object({
  id: z.number().int(),
  name: z.string(),
  email: z.string(),
  /** Releases before 1.2 say it in different parts, and some as text. */
  credits: z.union([credits, z.string().regex(/^-?\d{1,18}(?:\.\d+)?$/)]).nullish(),
  server_limit: z.number(),
  pterodactyl_id: id.nullable(),
  suspended: flag,
  last_seen: time,
  email_verified_at: time,
  created_at: time,
  servers_count: z.number().optional(),
  payments_count: z.number().optional(),
  vouchers_count: z.number().optional(),
  roles: z.array(role).optional(),
  /** As text only: no number says an id of Discord's to its last digit. */
  discord_user: z.object({ id: z.string() }).nullish(),
  servers: z.array(server).optional(),
  payments: z.array(payment).optional(),
});
export type WireUser = z.output<typeof user>;

export const created = z.object({ data: z.object({ id: z.number().int() }) });

export const voucher = z.object({
  id,
  code: z.string(),
  memo: z.string().nullish(),
  credits,
  uses: z.number(),
  expires_at: time,
  created_at: time,
  users_count: z.number().optional(),
});
export type WireVoucher = z.output<typeof voucher>;

export const notified = z.object({ meta: z.object({ user_count: z.number() }) });

/** One thing as releases since 1.2 wrap it. The answer to a change has to be: releases before do something else with it. */
export function wrappedOne<Item extends z.ZodType>(item: Item) {
  return z.preprocess((answer) => wrapped.safeParse(answer).data?.data, item);
}

/** One thing, as releases since 1.2 wrap it, and as those before did not. */
export function one<Item extends z.ZodType>(item: Item) {
  return z.preprocess((answer) => wrapped.safeParse(answer).data?.data ?? answer, item);
}

const wrapped = z.object({ data: z.unknown() });

/** Which releases answer like this, `old` being those before 1.2; null where that cannot be said. */
export function formOf(answer: unknown): 'old' | 'wrapped' | null {
  if (wrappedForm.safeParse(answer).success) return 'wrapped';
  return bareForm.safeParse(answer).success ? 'old' : null;
}

const wrappedForm = z.union([
  z.object({ data: z.object({ id: z.unknown() }) }),
  z.object({ data: z.array(z.unknown()), meta: z.object({ current_page: z.number() }) }),
]);
const bareForm = z.union([
  z.object({ id: z.number(), email: z.string() }),
  z.object({ data: z.array(z.unknown()), current_page: z.number() }),
]);

/** One page of things, of which those are passed over that are unlike anything known, as long as there are others. */
export function readablePageOf<Item extends z.ZodType>(item: Item) {
  return pageOf(z.unknown()).transform(({ items, ...place }, context) => {
    const readable = items.flatMap((one) => {
      const { success, data } = item.safeParse(one);
      return success ? [data] : [];
    });
    if (items.length > 0 && readable.length === 0) context.addIssue({ code: 'custom', path: ['data'] });
    return { ...place, items: readable };
  });
}

/** One page of things, in the envelope of 1.2 or in the flat one of before. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  const place = { current_page: z.number(), last_page: z.number(), total: z.number() };
  const nested = z.object({ data: z.array(item), meta: z.object(place) });
  const flat = z.object({ data: z.array(item), ...place });
  return z.union([
    nested.transform(({ data, meta }) => ({
      items: data,
      isLast: meta.current_page >= meta.last_page,
      total: meta.total,
    })),
    flat.transform((page) => ({ items: page.data, isLast: page.current_page >= page.last_page, total: page.total })),
  ]);
}

/** All that errors say. What is of another form is not said: PHP writes an empty list for no fields. */
export const failure = z.object({
  message: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  errors: z
    .record(z.string(), z.array(z.union([z.string(), z.number()])))
    .optional()
    .catch(undefined),
});
