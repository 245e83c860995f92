import { FACETS, type Verb } from '../../domain/operation.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { verbsOf } from '../operations/facets.ts';
import { readStored, type StoredOperation } from '../operations/stored.ts';

/** What an operation has begun, and a timer is to end. */
export interface Begun {
  readonly stored: StoredOperation;
  readonly target: { readonly panel: string; readonly accountId: string };
  /** What ends it, as an operation of Steward's own: with a new key once an earlier try has failed. */
  readonly ctx: Context;
  readonly link: { readonly number: number; readonly kind: 'end' };
}

/**
 * Reads what an operation has begun, if that still stands: it succeeded, and nothing that came later on its account ended or replaced it.
 * Null when there is nothing left to end.
 *
 * @param name Who ends it, for the records; `endedBy` are the verbs that end it.
 * @throws Error while something that may have ended it is not known yet: to be asked again.
 */
export async function readBegun(
  services: Services,
  number: number,
  { name, endedBy }: { readonly name: string; readonly endedBy: readonly Verb[] },
): Promise<Begun | null> {
  const { sql } = services.store;
  const stored = await readStored(sql, number);
  if (stored?.operation.state !== 'succeeded' || stored.accountId === null) return null;
  const { panel, accountId, operation } = stored;
  const [row] = await sql<{ ended: boolean; open: boolean; failed: number }[]>`
    select
      coalesce(bool_or(
        -- Not by their numbers: what waited for an approval has an earlier one than what was done before it.
        (state = 'succeeded' and verb = any(${endedBy as string[]}::text[])
          and (ended_at, number) > (select ended_at, number from operations where number = ${number}))
        or (linked_number = ${number} and link_kind = 'correction')
      ), false) as ended,
      coalesce(bool_or(state in ('pending', 'unknown')), false) as open,
      count(*) filter (where state = 'failed' and linked_number = ${number} and link_kind = 'end')::integer as failed
    from operations
    where panel = ${panel} and account_id = ${accountId} and number <> ${number}
      and verb = any(${verbsOf(operation.verb) as string[]}::text[])`;
  if (!row || row.ended) return null;
  if (row.open) throw new Error(`#${number}: the ${FACETS[operation.verb]} of its account is not known yet`);
  const actor = { kind: 'system', name } as const;
  return {
    stored,
    target: { panel, accountId },
    ctx: createContext(services, { actor, origin: `timer:${number}:${name}:${row.failed}`, confirmed: true }),
    link: { number, kind: 'end' },
  };
}
