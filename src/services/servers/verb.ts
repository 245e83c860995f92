import type { Account } from '../../domain/account.ts';
import type { Verb } from '../../domain/operation.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Panel, PanelError, requireAbility, type Server, type ServersAbility } from '../../panels/panel.ts';
import { loadForChange, look } from '../accounts/load.ts';
import { type AccountChange, accountOf, accountPlan } from '../accounts/plan.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { stepOnServer } from './step.ts';

export interface ServerInput {
  /** Null: every one that is suspended. */
  readonly server: string | null;
  readonly reason: string | null;
  /** The operation that suspended the whole account, where this one follows from it; null where that one cannot be found. */
  readonly follows?: number | null;
}

/** What was done to servers, and how their account is now. */
export interface ServerChange extends AccountChange {
  readonly servers: readonly Pick<Server, 'id' | 'name'>[];
}

type ServerSuspension = NonNullable<ServersAbility['suspension']>;

/** One of the two ways in which a server can be changed. */
interface Way {
  readonly verb: Verb;
  readonly to: 'suspended' | 'active';
  act(suspension: ServerSuspension): ServerSuspension['suspend'];
}

/** A verb that suspends servers or lifts their suspension. */
export function serverVerb({ verb, to, act }: Way): VerbDefinition<ServerInput, ServerChange> {
  return {
    verb,
    // What a server is like is seen, whatever else the panel could tell of the change.
    traits: (panel) => ({ ...requireServerSuspension(panel).suspension.traits, proof: 'state' }),

    async plan(ctx, target, input) {
      const loaded = await loadForChange(ctx, ['servers.suspend'], accountOf(target));
      const { panel, account } = loaded;
      if (hasNothingToFollow(input, account)) throw refuse('account.not_suspended', {});
      const { list } = requireServerSuspension(panel);
      const servers = meantServers(await look(ctx, panel, (call) => list(account.id, call)), input);
      const left = servers.filter((server) => isSuspended(server) !== (to === 'suspended'));
      if (servers.length === 0 && input.server !== null) throw refuse('server.unknown', {});
      if (left.length === 0) throw refuse(to === 'suspended' ? 'server.already_suspended' : 'server.not_suspended', {});
      const { reason, follows = null } = input;
      return accountPlan(ctx, loaded, {
        permissions: ['servers.suspend'],
        input,
        reason,
        facts: { servers: left.map(({ id }) => id), ...(follows === null ? {} : { follows }) },
        personal: { servers: left.map(({ name }) => name) },
      });
    },

    async effect({ panel, before, input }, change) {
      if (!before) throw new Error('servers are changed on an account that there is');
      // Nobody else changes the account from here on, but somebody may have since this was planned, or since an earlier attempt.
      if (input.follows !== undefined || change.resumed) {
        const now = await panel.get(before.id, change);
        if (hasNothingToFollow(input, now)) throw overtaken('the account is not suspended any more');
        if (to === 'active' && before.status === 'active' && now?.status === 'suspended')
          throw overtaken('the account was suspended since');
      }
      const { list, suspension } = requireServerSuspension(panel);
      const servers = meantServers(await list(before.id, change), input);
      if (servers.length === 0 && input.server !== null)
        throw new PanelError('not_found', 'none', `there is no server ${JSON.stringify(input.server)}`);
      const set = act(suspension);
      for (const { id } of servers)
        await stepOnServer(change, id, (part) => set(id, part), { several: input.server === null });
      return changed(before, servers, to);
    },

    async seen({ panel, before, input }, call) {
      if (!before) return null;
      const servers = meantServers(await requireServerSuspension(panel).list(before.id, call), input);
      if (input.server !== null && servers.length === 0) return null;
      const happened = servers.every((server) => isSuspended(server) === (to === 'suspended'));
      return happened ? { happened, result: changed(before, servers, to) } : { happened };
    },

    result: ({ before }, now) => ({ before, account: now, servers: [] }),
    account: ({ account }) => account,
  };
}

/** @throws Refusal `ability.missing` where the panel shows no servers, or suspends no single ones */
export function requireServerSuspension(panel: Panel): {
  readonly list: ServersAbility['list'];
  readonly suspension: ServerSuspension;
} {
  const servers = requireAbility(panel, 'servers');
  const { suspension } = servers;
  if (!suspension) throw refuse('ability.missing', { panel: panel.label, ability: 'servers.suspension' });
  return { list: (accountId, call) => servers.list(accountId, call), suspension };
}

/** It follows from the suspension of an account that is suspended no more. */
function hasNothingToFollow({ follows }: ServerInput, account: Account | null): boolean {
  return follows !== undefined && account?.status !== 'suspended';
}

function overtaken(message: string): PanelError {
  return new PanelError('conflict', 'none', message);
}

/** The one that was named, or all that are suspended as things are. */
function meantServers(servers: readonly Server[], { server }: ServerInput): readonly Server[] {
  return server === null ? servers.filter(isSuspended) : servers.filter(({ id }) => id === server);
}

function isSuspended({ status }: Server): boolean {
  return status === 'suspended';
}

/** The panel need not be read once more for what it was just told. */
function changed(before: Account, servers: readonly Server[], to: 'suspended' | 'active'): ServerChange {
  const { suspendedServers } = before.details;
  const moved = servers.filter((server) => isSuspended(server) !== (to === 'suspended')).length;
  const count = suspendedServers === undefined ? undefined : suspendedServers + (to === 'suspended' ? moved : -moved);
  return {
    before,
    account: count === undefined ? before : { ...before, details: { ...before.details, suspendedServers: count } },
    servers: servers.map(({ id, name }) => ({ id, name })),
  };
}
