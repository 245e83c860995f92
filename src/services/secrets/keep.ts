import { PanelError } from '../../panels/panel.ts';
import type { Services } from '../context.ts';

/** How long a secret can be seen, in hours. */
const LIFE_HOURS = 24;

/** What a sealed secret is bound to, so that it is of no use in another row. */
export function sealedFor(reference: string, userId: string): string {
  return `${reference} ${userId}`;
}

/**
 * The secret of an operation: the one that is kept for it already, or a new one, kept sealed from now on. However often the operation is
 * begun, by whatever process, it is the same.
 *
 * @param owner The operation's key, and the Discord user who may see the secret.
 * @throws PanelError with effect `none` when the operation has ended meanwhile
 */
export async function keepSecret(
  { store: { sql }, secretSeal, log }: Pick<Services, 'store' | 'secretSeal' | 'log'>,
  { reference, userId }: { readonly reference: string; readonly userId: string },
  make: () => string,
): Promise<string> {
  const context = sealedFor(reference, userId);
  const secret = make();
  const sealed = secretSeal.seal(secret, context);
  const [kept] = await sql<{ operation: bigint; sealed: Uint8Array }[]>`
    insert into secrets (operation, sealed, user_id, expires_at)
    select number, ${sealed}, ${userId}, now() + make_interval(hours => ${LIFE_HOURS})
    from operations where key = ${reference} and state in ('pending', 'unknown')
    on conflict (operation) do update set expires_at = excluded.expires_at
    returning operation, sealed`;
  if (!kept) throw new PanelError('timeout', 'none', 'the operation has ended');
  try {
    return secretSeal.open(kept.sealed, context);
  } catch (error) {
    log.warn({ error, operation: Number(kept.operation) }, 'a secret could not be read, so there is another');
    await sql`update secrets set sealed = ${sealed} where operation = ${kept.operation}`;
    return secret;
  }
}
