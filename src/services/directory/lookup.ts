import { actorId } from '../../domain/actor.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { allowed } from '../policy/authorize.ts';

/** An e-mail that was looked up, on which panels, and how many accounts have it. */
export interface Lookup {
  readonly email: string;
  readonly panels: readonly string[];
  readonly found: number;
}

/**
 * Audits that somebody looked up an e-mail which they could not have read off an account: whether an address is known is something to
 * learn, too. Nothing for those who may reveal e-mails anyway, wherever it was looked for.
 */
export async function recordLookup(ctx: Context, { email, panels, found }: Lookup): Promise<void> {
  if (panels.every((panel) => allowed(ctx, 'accounts.reveal', panel))) return;
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
