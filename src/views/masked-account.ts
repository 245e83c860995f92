import type { Account } from '../domain/account.ts';
import { visibleParts } from '../domain/email.ts';
import { type Text, text, untrusted } from '../locales/text.ts';

/**
 * An account without what is personal: all that a view for a channel may hold. `email` cannot be given, so an {@link Account} itself
 * is not assignable and has to be masked first.
 */
export type MaskedAccount = Omit<Account, 'email'> & { readonly email?: never; readonly maskedEmail: Text };

export function maskAccount(account: Account): MaskedAccount {
  const { email, ...rest } = account;
  return { ...rest, maskedEmail: maskEmail(email) };
}

/** `a•••@example.com` */
export function maskEmail(email: string): Text {
  const seen = visibleParts(email);
  return seen ? text`${untrusted(seen.first)}•••@${untrusted(seen.domain, 60)}` : text`•••`;
}
