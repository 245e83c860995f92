import { refuse } from '../../domain/refusal.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { type Contact, readContact } from './contact.ts';

/** How whoever asks is reached by direct messages. */
export async function ownContact(ctx: Context): Promise<Contact> {
  return readContact(ctx, ownId(ctx));
}

/**
 * Takes somebody's own wish whether to be told of what is done to their accounts. The same request delivered again changes nothing.
 */
export async function chooseToBeTold(ctx: Context, told: boolean): Promise<void> {
  const userId = ownId(ctx);
  await ctx.store.sql.begin(async (transaction) => {
    if (!(await isFirstTime(ctx, 'people.told', transaction))) return;
    await transaction`
      insert into people (user_id, told) values (${userId}, ${told})
      on conflict (user_id) do update set told = excluded.told`;
  });
}

function ownId({ actor }: Context): string {
  if (actor.kind !== 'member') throw refuse('policy.denied', { permission: null });
  return actor.userId;
}
