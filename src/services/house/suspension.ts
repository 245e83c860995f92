import type { Account } from '../../domain/account.ts';
import {
  type Call,
  type Change,
  type Panel,
  PanelError,
  type ServersAbility,
  type SuspensionAbility,
} from '../../panels/panel.ts';
import type { Sql } from '../../store/connect.ts';
import { stepOnServer } from '../servers/step.ts';
import { afterwards, ask } from './ask.ts';
import { SETTLE_AFTER_MS } from './credits.ts';
import { HOUSE_STEP, readSuspension } from './taken.ts';

type ServerSuspension = NonNullable<ServersAbility['suspension']>;

/** All of it can be done again: what is suspended stays so, and a row that there is is the same row. */
const REPEATABLE = { repeatable: true } as const;
/** Servers are taken as the several that they are, however many there are. */
const SEVERAL = { several: true } as const;

/** How accounts of the panel are read, with what Steward keeps of them. */
export interface HouseReading {
  /** @throws PanelError where there is no such account, or it is deleted */
  inUse(accountId: string, call: Call): Promise<Account>;
}

/**
 * The suspension of accounts on a panel that suspends servers only: Steward remembers that the account is suspended, and suspends its servers
 * one by one. Lifting brings back those that it took, and no other.
 */
export function houseSuspension(sql: Sql, panel: Panel, { inUse }: HouseReading): SuspensionAbility {
  const forget = async (accountId: string, change: Change): Promise<null> => {
    await ask(
      change,
      'unknown',
      () => sql`delete from house_suspensions where panel = ${panel.id} and account_id = ${accountId}`,
    );
    return null;
  };

  async function begin(accountId: string, reason: string, change: Change): Promise<{ readonly servers: string[] }> {
    const servers = await requireServers(panel).servers.list(accountId, change);
    await ask(
      change,
      'unknown',
      () => sql`
        insert into house_suspensions (panel, account_id, reason)
        values (${panel.id}, ${accountId}, ${reason.toWellFormed().replaceAll('\0', '')})
        on conflict (panel, account_id) do update set reason = excluded.reason`,
    );
    return { servers: servers.filter(({ status }) => status !== 'suspended').map(({ id }) => id) };
  }

  return {
    get traits() {
      const { idempotent, settleAfterMs } = requireServers(panel).suspension.traits;
      return {
        ...({ idempotent, proof: 'state', reversible: true, by: 'house' } as const),
        settleAfterMs: Math.max(settleAfterMs, SETTLE_AFTER_MS),
        effects: EFFECTS,
      };
    },

    async suspend(accountId, reason, change) {
      await inUse(accountId, change);
      const { servers } = await change.step(HOUSE_STEP, () => begin(accountId, reason, change), REPEATABLE);
      const { suspension } = requireServers(panel);
      for (const id of servers) await stepOnServer(change, id, (part) => suspension.suspend(id, part), SEVERAL);
      return afterwards(() => inUse(accountId, change));
    },

    async unsuspend(accountId, change) {
      await inUse(accountId, change);
      const { suspension } = requireServers(panel);
      const begun = await ask(change, 'none', () => readSuspension(sql, { panel: panel.id, accountId }));
      const taken = [...(begun?.servers ?? [])].flatMap(([id, by]) => (by === 'taken' ? [id] : []));
      for (const id of taken) await stepOnServer(change, id, (part) => suspension.unsuspend(id, part), SEVERAL);
      await change.step('lift', () => forget(accountId, change), REPEATABLE);
      return afterwards(() => inUse(accountId, change));
    },
  };
}

const EFFECTS = [
  'The panel suspends servers, not accounts: those that are active are suspended one by one, and their owner can still log in.',
  'Servers that the account gets later are suspended when Steward reads the panel next.',
  'Lifting it brings back the servers that it took, and leaves those that were suspended for another reason.',
] as const;

/** What the house builds on. It may be gone for a while with the panel's version. */
function requireServers({ servers }: Panel): {
  readonly servers: ServersAbility;
  readonly suspension: ServerSuspension;
} {
  if (servers?.suspension) return { servers, suspension: servers.suspension };
  throw new PanelError('unsupported_version', 'none', 'the panel cannot suspend servers at the moment');
}
