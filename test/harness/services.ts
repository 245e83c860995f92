/** The services on a real store and given panels, without Discord: for tests of what the bot does. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Permission, Preset } from '../../src/domain/permission.ts';
import { refuse } from '../../src/domain/refusal.ts';
import type { Panel } from '../../src/panels/panel.ts';
import { panelsOf } from '../../src/panels/registry.ts';
import { createSeal } from '../../src/services/answers/seal.ts';
import { sealingKey } from '../../src/services/audit/seal.ts';
import { type Context, createContext, type Services, TIMING, type Timing } from '../../src/services/context.ts';
import { lend } from '../../src/services/house/lend.ts';
import { accountQueue } from '../../src/services/operations/queue.ts';
import { watchPolicy } from '../../src/services/policy/snapshot.ts';
import { watchSettings } from '../../src/services/settings/read.ts';
import type { Store } from '../../src/store/connect.ts';
import { type PendingTimer, rememberTimers } from './pending-timers.ts';

export const HOME_GUILD = '900000000000000001';
export const OWNER = '900000000000000010';

export interface TestServicesOptions {
  readonly panels: readonly Panel[];
  readonly timing?: Partial<Timing>;
  /** Roles by user; who is not named is not in the guild. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly timeZone?: string;
  readonly at?: Services['at'];
  readonly timers?: Services['timers'];
  readonly messenger?: Services['messenger'];
  readonly postedHeads?: Services['postedHeads'];
  readonly attachments?: Services['attachments'];
}

export interface TestServices extends Services {
  /** Timers that were set, oldest first; none where the test brings its own. */
  readonly pendingTimers: readonly PendingTimer[];
}

export async function testServices(store: Store, options: TestServicesOptions): Promise<TestServices> {
  const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'fatal' });
  const policy = await watchPolicy(store, log);
  afterAll(() => policy.close());
  const remembered = rememberTimers();
  return {
    store,
    panels: panelsOf(options.panels.map((panel) => lend(panel, { sql: store.sql, credits: true }))),
    policy,
    settings: await watchSettings(store, policy),
    clock: { now: () => new Date() },
    log,
    queue: accountQueue(),
    timing: { ...TIMING, ...options.timing },
    members: {
      rolesOf: async (userId) => options.roles?.[userId] ?? null,
      roles: async () => [],
      counts: async () => new Map(),
    },
    channels: { unreachable: async () => new Set() },
    timers: options.timers ?? remembered,
    pendingTimers: remembered.pending,
    attachments: options.attachments ?? { download: async () => Promise.reject(refuse('file.gone', {})) },
    messenger: options.messenger ?? { tell: async () => 'arrived' },
    auditKey: sealingKey('a secret key for tests alone'),
    secretSeal: createSeal('a secret key for tests alone', 'steward secrets'),
    postedHeads: options.postedHeads ?? { among: async () => [] },
    homeGuildId: HOME_GUILD,
    ownerIds: [OWNER],
    timeZone: options.timeZone ?? 'UTC',
    operationEnded: () => undefined,
    at: options.at ?? (() => undefined),
  };
}

/** A request of somebody; each has an origin of its own unless one is given, as a redelivered one is. */
export function contextOf(
  services: Services,
  userId: string,
  request: { origin?: string; confirmed?: boolean; roleIds?: readonly string[]; press?: Context['press'] } = {},
): Context {
  return createContext(services, {
    actor: { kind: 'member', userId, roleIds: request.roleIds ?? [] },
    origin: request.origin ?? randomUUID(),
    press: request.press ?? null,
    confirmed: request.confirmed ?? false,
  });
}

/** Stores a grant without asking anyone, and waits until it holds. */
export async function giveGrant(
  services: Services,
  grant: {
    userId?: string;
    roleId?: string;
    permission?: Permission;
    preset?: Preset;
    panel?: string;
    perAct?: string;
    perDay?: string;
  },
): Promise<void> {
  await services.store.sql`
    insert into grants (subject_kind, subject_id, permission, preset, panel, per_act, per_day, created_by, origin)
    values (
      ${grant.roleId ? 'role' : 'user'}, ${grant.roleId ?? grant.userId ?? ''}, ${grant.permission ?? null}, ${grant.preset ?? null},
      ${grant.panel ?? null}, ${grant.perAct ?? null}, ${grant.perDay ?? null}, 'test', ${randomUUID()}
    )`;
  await services.policy.refresh();
}
