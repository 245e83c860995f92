import { actorId } from '../../domain/actor.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { allowed } from '../policy/authorize.ts';

/**
 * Audits that somebody looked up an e-mail which they could not have read off an account: whether an address is known is something to
 * learn, too. Nothing for those who may reveal e-mails anyway.
 */
export async function recordLookup(ctx: Context, email: string, found: number): Promise<void> {
  if (allowed(ctx, 'accounts.reveal')) return;
  await ctx.store.sql.begin((transaction) =>
    recordAudit(transaction, {
      actorId: actorId(ctx.actor),
      action: 'account.lookup',
      outcome: 'succeeded',
      facts: { found },
      personal: { email: email.trim() },
    }),
  );
}
