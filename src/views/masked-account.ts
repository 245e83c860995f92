import type { Account } from '../domain/account.ts';
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

/** `a•••@example.com`: enough to recognise an address that one knows, not enough to learn it. */
export function maskEmail(email: string): Text {
  const at = email.lastIndexOf('@');
  if (at < 1) return text`•••`;
  const [first = ''] = [...email];
  return text`${at > 1 ? untrusted(first) : text``}•••@${untrusted(email.slice(at + 1), 60)}`;
}
