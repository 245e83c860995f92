/** Steward's services on a database, without Discord. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createBuiltinPanel } from '../../src/panels/builtin/panel.ts';
import { panelsOf } from '../../src/panels/registry.ts';
import { createSeal } from '../../src/services/answers/seal.ts';
import { sealingKey } from '../../src/services/audit/seal.ts';
import { createContext, type Services, TIMING } from '../../src/services/context.ts';
import { grantCredits } from '../../src/services/credits/grant.ts';
import { accountQueue } from '../../src/services/operations/queue.ts';
import { watchPolicy } from '../../src/services/policy/snapshot.ts';
import { watchSettings } from '../../src/services/settings/read.ts';
import type { Store } from '../../src/store/connect.ts';
import { OWNER_ID, STAFF_ROLE_ID } from '../people.ts';
import type { Grant } from './bare.ts';

/** What a grant does not need of Discord. */
const nobody = () => Promise.reject(new Error('there is no Discord in this part of the benchmark'));

export async function startServices(store: Store): Promise<Services> {
  const log = pino({ level: 'warn' });
  const policy = await watchPolicy(store, log);
  return {
    store,
    log,
    policy,
    panels: panelsOf([createBuiltinPanel({ id: 'main', label: 'Main', sql: store.sql })]),
    settings: await watchSettings(store, policy),
    clock: { now: () => new Date() },
    timing: TIMING,
    queue: accountQueue(),
    // In a bot they are known from the interaction, or were asked a moment ago.
    members: { rolesOf: async () => [], roles: nobody, counts: nobody },
    channels: { unreachable: nobody },
    timers: { set: nobody },
    messenger: { tell: nobody },
    attachments: { download: nobody },
    postedHeads: { among: nobody },
    auditKey: sealingKey('a secret key for benchmarks alone'),
    secretSeal: createSeal('a secret key for benchmarks alone', 'steward secrets'),
    homeGuildId: '1',
    ownerIds: [OWNER_ID],
    timeZone: 'UTC',
    operationEnded: () => undefined,
    at: () => undefined,
  };
}

/** A grant as a press of a button begins it; one that was given a moment ago is meant. */
export async function grantThroughSteward(services: Services, { actorId, accountId }: Grant): Promise<void> {
  const actor = { kind: 'member', userId: actorId, roleIds: [STAFF_ROLE_ID] } as const;
  const ctx = createContext(services, { actor, origin: randomUUID(), confirmed: true });
  const outcome = await grantCredits(ctx, {
    target: { panel: 'main', accountId },
    amount: '1',
    reason: 'Power cut',
  });
  if (outcome.kind !== 'done') throw new Error(`a grant ended as ${outcome.kind}`);
}
