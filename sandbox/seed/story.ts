import { USER_IDS } from '../world.ts';
import type { Customer } from './customers.ts';
import type { Asked, Happening } from './movements.ts';
import { MODERATOR_LIMIT } from './team.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
/** Strangers of the story have been there longer than what happens to them. */
const LONG_DAYS = 60;

/**
 * What everyone meets who looks around: two suspended and one who was, some deleted, grants that were approved, declined and taken back,
 * and one of which nobody knows whether it arrived.
 */
export function story(accounts: readonly Customer[]): Happening[] {
  const { mira, tomasz } = USER_IDS;
  const priya = user('priya_n');
  const lena = user('lena.vogt');
  const { named, stranger } = cast(accounts);
  const alex = named('alex');
  const prize = { kind: 'askedGrant', limitMinor: MODERATOR_LIMIT.minor } as const;
  const forOlu: Asked = {
    ...prize,
    account: named('olu'),
    minutesAgo: at(6, 3),
    deltaMinor: 40_000n,
    actor: mira,
    reason: 'Contest prize',
  };
  const forBenedikt: Asked = {
    ...prize,
    account: named('benedikt'),
    minutesAgo: at(5, 6),
    deltaMinor: 60_000n,
    actor: priya,
    reason: 'Goodwill',
  };
  const toKeiko: Happening = {
    kind: 'grant',
    account: named('keiko'),
    minutesAgo: at(2, 5),
    deltaMinor: 5_000n,
    actor: mira,
    reason: 'Contest prize',
  };
  const hugoOut: Happening = {
    kind: 'suspend',
    account: named('hugo'),
    minutesAgo: at(8, 4),
    actor: tomasz,
    reason: 'Invoice overdue',
    days: 3,
  };
  return [
    { kind: 'delete', account: stranger(29), minutesAgo: at(34, 1), actor: tomasz, reason: 'Double account' },
    { kind: 'grant', account: alex, minutesAgo: at(26, 3), deltaMinor: 2_000n, actor: mira, reason: 'Late support' },
    {
      kind: 'delete',
      account: stranger(17),
      minutesAgo: at(19, 5),
      actor: tomasz,
      reason: 'Asked for by the customer',
    },
    {
      kind: 'suspend',
      account: stranger(4),
      minutesAgo: at(11, 1),
      actor: tomasz,
      reason: 'Phishing page on a server',
    },
    { kind: 'grant', account: alex, minutesAgo: at(8, 1), deltaMinor: 4_500n, actor: priya, reason: 'Power cut' },
    hugoOut,
    {
      kind: 'unsuspend',
      ends: hugoOut,
      account: hugoOut.account,
      minutesAgo: at(5, 4),
      actor: 'system:timer',
      reason: '',
    },
    forOlu,
    { kind: 'approve', of: forOlu, account: forOlu.account, minutesAgo: at(6, 2), by: tomasz, note: null },
    forBenedikt,
    {
      kind: 'decline',
      of: forBenedikt,
      account: forBenedikt.account,
      minutesAgo: at(5, 5),
      by: lena,
      note: 'Six months for one slow evening is too much.',
    },
    { kind: 'suspend', account: named('vito'), minutesAgo: at(3, 2), actor: mira, reason: 'Chargeback' },
    toKeiko,
    {
      kind: 'deduct',
      takesBack: toKeiko,
      account: toKeiko.account,
      minutesAgo: toKeiko.minutesAgo - 4,
      deltaMinor: -5_000n,
      actor: mira,
      reason: 'Contest prize',
    },
    {
      kind: 'unknownGrant',
      account: named('greta'),
      minutesAgo: 140,
      deltaMinor: 2_500n,
      actor: priya,
      reason: 'Migration trouble',
    },
  ];
}

/** So many days and hours before now, in minutes. */
const at = (days: number, hours: number) => days * DAY_MINUTES + hours * HOUR_MINUTES;

function cast(accounts: readonly Customer[]) {
  const settled = accounts.filter(({ memberId, createdDaysAgo }) => !memberId && createdDaysAgo > LONG_DAYS);
  return {
    named(username: string): Customer {
      const account = accounts.find((candidate) => candidate.username === username);
      if (!account) throw new Error(`${username} has no account`);
      return account;
    },
    stranger(position: number): Customer {
      const account = settled[position];
      if (!account) throw new Error('there are fewer accounts than the story needs');
      return account;
    },
  };
}

function user(name: string): string {
  const id = USER_IDS[name];
  if (id === undefined) throw new Error(`${name} is no resident`);
  return id;
}
