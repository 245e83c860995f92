import { serverError } from './errors.ts';
import type {
  CtrlDiscordUser,
  CtrlNotification,
  CtrlPayment,
  CtrlProduct,
  CtrlRole,
  CtrlServer,
  CtrlState,
  CtrlUser,
  CtrlVoucher,
} from './state.ts';

type View = Record<string, unknown>;

/** `Y-m-d H:i:s` in the panel's time zone, without saying which. */
export function localTime({ timeZone }: Pick<CtrlState, 'timeZone'>, at: Date): string {
  const format = { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('sv-SE', format).format(at);
}

/** ISO 8601 in UTC with microseconds, which are always zero. */
export function isoTime(at: Date | null): string | null {
  return at === null ? null : at.toISOString().replace(/\.\d{3}Z$/, '.000000Z');
}

/** Thousandths as PHP divides them: whole where they divide, else a binary fraction. */
export function display(milli: bigint): bigint | number {
  return milli % 1_000n === 0n ? milli / 1_000n : Number(milli) / 1_000;
}

export function userView(state: CtrlState, user: CtrlUser): View {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    credits: display(user.creditsMilli),
    server_limit: user.serverLimit,
    pterodactyl_id: user.pterodactylId,
    avatar: user.avatar,
    ip: user.ip,
    suspended: user.suspended ? 1 : 0,
    referral_code: user.referralCode,
    email_verified_reward: user.emailVerifiedReward,
    discord_verified_at: user.discordVerifiedAt && localTime(state, user.discordVerifiedAt),
    last_seen: isoTime(user.lastSeen),
    email_verified_at: isoTime(user.emailVerifiedAt),
    created_at: localTime(state, user.createdAt),
    updated_at: localTime(state, user.updatedAt),
  };
}

/** The answer to a creation is made from memory, which knows little yet. */
export function createdUserView(state: CtrlState, user: CtrlUser): View {
  return {
    ...userView(state, user),
    pterodactyl_id: Number(user.pterodactylId),
    avatar: null,
    ip: null,
    suspended: null,
    email_verified_reward: null,
    discord_verified_at: null,
    last_seen: null,
    email_verified_at: null,
  };
}

export function serverView(state: CtrlState, server: CtrlServer): View {
  if (server.lastBilled === null) throw serverError();
  return {
    id: server.id,
    name: server.name,
    description: server.description,
    suspended: isoTime(server.suspended),
    identifier: server.identifier,
    billing_priority: server.billingPriority,
    pterodactyl_id: server.pterodactylId,
    user_id: server.userId,
    product_id: server.productId,
    canceled: server.canceled && localTime(state, server.canceled),
    created_at: localTime(state, server.createdAt),
    updated_at: localTime(state, server.updatedAt),
    last_billed: localTime(state, server.lastBilled),
    status: server.status,
  };
}

export function productView(state: CtrlState, product: CtrlProduct): View {
  const at = localTime(state, product.createdAt);
  return {
    id: product.id,
    name: product.name,
    description: `${product.name} plan`,
    price: display(product.priceMilli),
    memory: 2_048,
    cpu: 100,
    swap: 0,
    disk: 10_240,
    io: 500,
    databases: 1,
    backups: 1,
    serverlimit: 0,
    allocations: 0,
    oom_killer: 0,
    default_billing_priority: 2,
    disabled: 0,
    minimum_credits: display(product.priceMilli),
    billing_period: 'monthly',
    created_at: at,
    updated_at: at,
  };
}

export function paymentView(state: CtrlState, payment: CtrlPayment): View {
  const taxMilli = (payment.priceMilli * BigInt(payment.taxPercent)) / 100n;
  const at = localTime(state, payment.createdAt);
  return {
    id: payment.id,
    user_id: payment.userId,
    payment_id: payment.paymentId,
    type: payment.type,
    status: payment.status,
    amount: display(payment.amountMilli),
    price: display(payment.priceMilli),
    tax_value: display(taxMilli),
    total_price: display(payment.priceMilli + taxMilli),
    tax_percent: payment.taxPercent,
    currency_code: payment.currencyCode,
    payment_method: payment.paymentMethod,
    shop_item_product_id: null,
    created_at: at,
    updated_at: at,
  };
}

export function voucherView(state: CtrlState, voucher: CtrlVoucher): View {
  return {
    id: voucher.id,
    code: voucher.code,
    memo: voucher.memo,
    credits: display(voucher.creditsMilli),
    uses: voucher.uses,
    expires_at: voucher.expiresAt,
    created_at: localTime(state, voucher.createdAt),
    updated_at: localTime(state, voucher.updatedAt),
  };
}

export function roleView(state: CtrlState, { createdAt, ...role }: CtrlRole): View {
  const at = localTime(state, createdAt);
  return { ...role, created_at: at, updated_at: at };
}

export function permissionView(state: CtrlState, name: string, createdAt: Date): View {
  const at = localTime(state, createdAt);
  return { name, readable_name: name, created_at: at, updated_at: at };
}

export function notificationView(state: CtrlState, notification: CtrlNotification): View {
  const at = localTime(state, notification.createdAt);
  return {
    id: notification.id,
    type: notification.type,
    details: { title: notification.title, content: notification.content },
    read_at: null,
    created_at: at,
    updated_at: at,
  };
}

export function discordUserView(state: CtrlState, linked: CtrlDiscordUser): View {
  const at = localTime(state, linked.createdAt);
  return {
    id: linked.id,
    username: linked.username,
    discriminator: '0',
    avatar: null,
    email: linked.email,
    verified: 1,
    public_flags: 0,
    flags: 0,
    locale: 'en-US',
    premium_type: 0,
    mfa_enabled: 1,
    user_id: linked.userId,
    created_at: at,
    updated_at: at,
  };
}
