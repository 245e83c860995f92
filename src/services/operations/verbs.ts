import type { Verb } from '../../domain/operation.ts';
import { CREATE } from '../accounts/create.ts';
import { DELETE, SCHEDULE_DELETION } from '../accounts/delete.ts';
import { EDIT } from '../accounts/edit.ts';
import { NOTIFY } from '../accounts/notify.ts';
import { SET_PASSWORD } from '../accounts/password.ts';
import { KEEP, RESTORE } from '../accounts/restore.ts';
import { CHANGE_ROLE } from '../accounts/role.ts';
import { SUSPEND } from '../accounts/suspend.ts';
import { UNSUSPEND } from '../accounts/unsuspend.ts';
import { VERIFY } from '../accounts/verify.ts';
import type { Services } from '../context.ts';
import { DEDUCT } from '../credits/deduct.ts';
import { GRANT } from '../credits/grant.ts';
import { SET } from '../credits/set.ts';
import { KEEP_DISCORD_ID } from '../links/keep.ts';
import { ADD_LIMIT } from '../server-limits/add.ts';
import { REMOVE_LIMIT } from '../server-limits/remove.ts';
import { SET_LIMIT } from '../server-limits/set.ts';
import { SUSPEND_SERVER } from '../servers/suspend.ts';
import { UNSUSPEND_SERVER } from '../servers/unsuspend.ts';
import { CREATE_VOUCHER } from '../vouchers/create.ts';
import { REVOKE_VOUCHER } from '../vouchers/revoke.ts';
import { settleAfter } from './carry-out.ts';
import type { AnyVerb } from './verb.ts';

/** Every verb by its name: for whoever goes on with what is stored. */
const VERB_DEFINITIONS: Readonly<Record<Verb, AnyVerb>> = {
  'account.create': CREATE,
  'account.edit': EDIT,
  'account.suspend': SUSPEND,
  'account.unsuspend': UNSUSPEND,
  'account.schedule_deletion': SCHEDULE_DELETION,
  'account.keep': KEEP,
  'account.delete': DELETE,
  'account.restore': RESTORE,
  'account.verify': VERIFY,
  'account.role': CHANGE_ROLE,
  'credits.grant': GRANT,
  'credits.deduct': DEDUCT,
  'credits.set': SET,
  'account.notify': NOTIFY,
  'account.password': SET_PASSWORD,
  'account.discord': KEEP_DISCORD_ID,
  'limit.add': ADD_LIMIT,
  'limit.remove': REMOVE_LIMIT,
  'limit.set': SET_LIMIT,
  'voucher.create': CREATE_VOUCHER as AnyVerb,
  'voucher.revoke': REVOKE_VOUCHER,
  'server.suspend': SUSPEND_SERVER,
  'server.unsuspend': UNSUSPEND_SERVER,
};

export function verbOf(verb: Verb): AnyVerb {
  return VERB_DEFINITIONS[verb];
}

/** How long after it was given up a panel may still act, in milliseconds; nothing where it is not connected, or cannot do this any more. */
export function settleAfterMsOf({ panels }: Services, { verb, panel }: { verb: Verb; panel: string }): number {
  const connected = panels.all.find(({ id }) => id === panel);
  try {
    return connected ? settleAfter(verbOf(verb), connected) : 0;
  } catch {
    return 0;
  }
}
