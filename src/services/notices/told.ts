import type { Verb } from '../../domain/operation.ts';
import type { Services } from '../context.ts';
import type { OperationRecord } from '../operations/record.ts';
import { readContact } from '../people/contact.ts';
import type { MEMBER_NOTICES } from '../settings/schema.ts';

type Group = (typeof MEMBER_NOTICES)[number];

/** The group of news that each verb belongs to; null: the member hears of it by the deed itself. */
const GROUPS: Readonly<Record<Verb, Group | null>> = {
  'account.create': 'details',
  'account.edit': 'details',
  'account.role': 'details',
  'account.verify': 'details',
  'account.suspend': 'suspension',
  'account.unsuspend': 'suspension',
  'account.schedule_deletion': 'deletion',
  'account.keep': 'deletion',
  'account.delete': 'deletion',
  'account.restore': 'deletion',
  'credits.grant': 'credits',
  'credits.deduct': 'credits',
  'credits.set': 'credits',
  'account.notify': null,
  'account.password': null,
  'account.discord': null,
  'limit.add': 'details',
  'limit.remove': 'details',
  'limit.set': 'details',
  'voucher.create': null,
  'voucher.revoke': null,
  'server.suspend': 'suspension',
  'server.unsuspend': 'suspension',
};

/**
 * Whether a member is told of what was done to their account: where the team lets them be told, and they want it. That their e-mail address
 * was changed they are told always, for it may be how the account is taken from them, and so they are of a new password, which comes to them
 * by nothing else.
 *
 * @param left It is told that the end is near of what was done; then it must not be over.
 */
export async function isTold(
  services: Pick<Services, 'store' | 'settings'>,
  { operation, changed, linked }: OperationRecord,
  recipientId: string,
  left: 'day' | 'hour' | null,
): Promise<boolean> {
  const over = linked.some(({ link, state }) => link?.kind !== 'correction' && state === 'succeeded');
  if (operation.state !== 'succeeded' || (left !== null && over)) return false;
  if (changed.includes('email') || operation.verb === 'account.password') return true;
  const group = GROUPS[operation.verb];
  if (group === null || !services.settings.current().memberNotices.includes(group)) return false;
  const { told } = await readContact(services, recipientId);
  return told;
}
