import type { Money } from '../../domain/money.ts';
import type { Facet, OperationState, Verb } from '../../domain/operation.ts';
import { amount, mention, signedAmount, type Text, text, untrusted } from '../text.ts';

/** What was done, as the beginning of a line; credits are said by their amount. */
export const doneWords: Readonly<Record<Verb, Text>> = {
  'account.create': text`Created`,
  'account.edit': text`Edited`,
  'account.suspend': text`Suspended`,
  'account.unsuspend': text`Suspension lifted`,
  'account.schedule_deletion': text`Deletion scheduled`,
  'account.keep': text`Deletion called off`,
  'account.delete': text`Deleted`,
  'account.restore': text`Restored`,
  'account.verify': text`E-mail verified`,
  'account.role': text`Roles changed`,
  'credits.grant': text`Credits given`,
  'credits.deduct': text`Credits taken`,
  'credits.set': text`Balance set`,
  'account.notify': text`Message sent`,
  'account.password': text`New password set`,
  'account.discord': text`Discord user written down in the panel`,
  'limit.add': text`Server limit raised`,
  'limit.remove': text`Server limit lowered`,
  'limit.set': text`Server limit set`,
  'voucher.create': text`Voucher created`,
  'voucher.revoke': text`Voucher revoked`,
  'server.suspend': text`Server suspended`,
  'server.unsuspend': text`Suspension of servers lifted`,
};

/** What is to be done, to stand after "to". */
export const meantWords: Readonly<Record<Verb, Text>> = {
  'account.create': text`create an account`,
  'account.edit': text`edit the account`,
  'account.suspend': text`suspend the account`,
  'account.unsuspend': text`lift the suspension`,
  'account.schedule_deletion': text`delete the account when its grace ends`,
  'account.keep': text`call off the deletion`,
  'account.delete': text`delete the account`,
  'account.restore': text`restore the account`,
  'account.verify': text`mark the e-mail address as verified`,
  'account.role': text`change the roles`,
  'credits.grant': text`give credits`,
  'credits.deduct': text`take credits away`,
  'credits.set': text`set the balance`,
  'account.notify': text`write to the member`,
  'account.password': text`set a new password`,
  'account.discord': text`write down in the panel who is linked`,
  'limit.add': text`raise the server limit`,
  'limit.remove': text`lower the server limit`,
  'limit.set': text`set the server limit`,
  'voucher.create': text`create a voucher`,
  'voucher.revoke': text`revoke a voucher`,
  'server.suspend': text`suspend a server`,
  'server.unsuspend': text`lift the suspension of servers`,
};

/** What is to be done, as the beginning of a line: `+50`, `Delete the account`. */
export function meantTitle(verb: Verb, delta: Money | null): Text {
  if (delta !== null && verb !== 'voucher.create') return deltaWords(delta);
  const words = meantWords[verb];
  return withTotal(`${words.charAt(0).toUpperCase()}${words.slice(1)}` as Text, delta);
}

/** How an operation stands, where that is not simply done. */
export const stateWords: Readonly<Record<OperationState, Text | null>> = {
  succeeded: null,
  awaiting_approval: text`waits for approval`,
  pending: text`under way`,
  failed: text`did not happen`,
  unknown: text`not known whether it happened`,
};

/** What nobody can do to an account until it is known what came of the last change of that kind. */
export const restWords: Readonly<Record<Facet, Text>> = {
  credits: text`the account’s credits rest`,
  status: text`nobody can suspend, delete or restore the account`,
  fields: text`nobody can edit the account`,
  roles: text`nobody can change the account’s roles`,
  verification: text`nobody can mark the account’s e-mail address as verified`,
  password: text`nobody can set another password`,
  discord: text`nobody can change which Discord user the panel has for it`,
  limit: text`nobody can change the account’s server limit`,
  servers: text`nobody can suspend or lift a single server`,
};

/** What was done, with its amount where it moved credits: `+50`, `Suspended`. */
export function deedWords(verb: Verb, delta: Money | null): Text {
  if (verb === 'voucher.create') return withTotal(doneWords[verb], delta);
  return delta === null ? doneWords[verb] : deltaWords(delta);
}

/** What a voucher may give is given to nobody yet. */
function withTotal(words: Text, delta: Money | null): Text {
  return delta === null ? words : text`${words} (${amount(delta)} in all)`;
}

export function deltaWords(delta: Money): Text {
  return signedAmount(delta);
}

/** Who acted: a member by mention, and the bot by its name. */
export function actorWords(actorId: string): Text {
  return actorId.startsWith('system:') ? text`Steward` : mention(actorId);
}

/** Parts of a change that Steward itself does, by their stored names; the others are called as their panel's adapter calls them. */
const ownSteps: Readonly<Record<string, Text>> = {
  house: text`noted as suspended`,
  lift: text`noted as no longer suspended`,
  password: text`password set`,
};

/** A part of a change that needs several. */
export function stepWords(name: string, limit: number): Text {
  return ownSteps[name] ?? untrusted(name, limit);
}

export const numberWords = (number: number): Text => text`#${number}`;
