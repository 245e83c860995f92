import { type Customer, customers } from '../customers.ts';
import { type Chance, chance } from '../random.ts';

const ACCOUNTS = 60;
const DAY_MS = 24 * 60 * 60_000;
const PLANS_MILLI = [4_000n, 9_000n, 18_000n] as const;

/** An account of the community as a hosting panel has it. */
export interface Tenant {
  readonly customer: Customer;
  /** Letters and digits only, four at least, as panels ask for. */
  readonly username: string;
  readonly createdAt: Date;
  readonly creditsMilli: bigint;
  readonly isSuspended: boolean;
  readonly servers: readonly TenantServer[];
  readonly payments: number;
  /** Whether the panel itself knows the Discord user. */
  readonly isLinkedInPanel: boolean;
  /** Whether Steward does. */
  readonly isLinkedInSteward: boolean;
}

export interface TenantServer {
  readonly name: string;
  readonly priceMilli: bigint;
  readonly isSuspended: boolean;
}

/** Who is suspended in the panel, without Steward's doing. */
const SUSPENDED = new Set(['vito', 'nils']);
/** Whose account nobody has a role for, or has never been verified. */
export const WITHOUT_ROLE = 'wren';
export const UNVERIFIED = 'tuyet';

/** The same tenants for every panel. */
export function tenants(now: Date): readonly Tenant[] {
  const random = chance(11);
  return customers(random)
    .slice(0, ACCOUNTS)
    .map((customer, index) => tenantOf(random, customer, index, now));
}

function tenantOf(random: Chance, customer: Customer, index: number, now: Date): Tenant {
  const isSuspended = SUSPENDED.has(customer.username);
  const short = customer.username.replaceAll(/[^a-z0-9]/g, '');
  const isMember = customer.memberId !== null;
  return {
    customer,
    username: short.length < 4 ? `${short}77` : short,
    createdAt: new Date(now.getTime() - customer.createdDaysAgo * DAY_MS),
    creditsMilli: BigInt(random.integer(0, 400_000) * 10),
    isSuspended,
    servers: serversOf(random, customer, isSuspended),
    payments: random.integer(0, 4),
    isLinkedInPanel: isMember && index % 3 !== 2,
    // Those whom one can be in the sandbox are, as far as they have an account.
    isLinkedInSteward: isMember && (index < 5 || index % 5 !== 4),
  };
}

function serversOf(random: Chance, { username }: Customer, isSuspended: boolean): readonly TenantServer[] {
  const kinds = ['survival', 'creative', 'lobby', 'bot'];
  return kinds.slice(0, random.integer(isSuspended ? 1 : 0, 3)).map((kind) => ({
    name: `${username} ${kind}`,
    priceMilli: random.pick(PLANS_MILLI),
    isSuspended: isSuspended || random.happens(0.1),
  }));
}
