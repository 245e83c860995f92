/** The verbs that change something. Stored with each operation and in the audit log; never renamed. */
export const VERBS = [
  'account.create',
  'account.edit',
  'account.suspend',
  'account.unsuspend',
  'account.schedule_deletion',
  'account.keep',
  'account.delete',
  'account.restore',
  'account.verify',
  'account.role',
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'account.notify',
  'account.password',
  'account.discord',
  'limit.add',
  'limit.remove',
  'limit.set',
  'voucher.create',
  'voucher.revoke',
  'server.suspend',
  'server.unsuspend',
] as const;

export type Verb = (typeof VERBS)[number];

/**
 * `awaiting_approval → pending → succeeded | failed | unknown`, `awaiting_approval → failed` where it is declined, and
 * `unknown → succeeded | failed`; never backwards.
 */
export type OperationState = 'awaiting_approval' | 'pending' | 'succeeded' | 'failed' | 'unknown';

/**
 * What one operation is to another: it takes it back, ends what it began (a suspension for a time, the grace before a deletion), or records
 * what it turned out to have done.
 */
export type LinkKind = 'undo' | 'end' | 'correction';

/** How the outcome of an `unknown` operation was found out: by what the panel shows, by going on with it, late, or by a person. */
export type SettledBy = 'reference' | 'state' | 'balance' | 'resumed' | 'late' | 'person';

/** Verbs that move credits: while one of them is `unknown`, further ones on that account are refused. */
export const CREDIT_VERBS: ReadonlySet<Verb> = new Set(['credits.grant', 'credits.deduct', 'credits.set']);

/** How every run of an interaction ends, counted by these names. */
export type RunStatus = 'done' | 'refused' | 'failed' | 'unknown' | 'waiting' | 'expired';

/**
 * What an operation changes. While one of them is `unknown`, further ones of the same facet on that account are refused: neither could tell
 * what it started from, nor settlement what came of the first. Null: nothing that another could disturb.
 */
export type Facet =
  | 'credits'
  | 'status'
  | 'fields'
  | 'roles'
  | 'verification'
  | 'password'
  | 'discord'
  | 'limit'
  | 'servers';

/** What each verb changes. Verbs of one facet on one account wait for each other, the unknown ones among them. */
export const FACETS: Readonly<Record<Verb, Facet | null>> = {
  'account.create': null,
  'account.edit': 'fields',
  'account.suspend': 'status',
  'account.unsuspend': 'status',
  'account.schedule_deletion': 'status',
  'account.keep': 'status',
  'account.delete': 'status',
  'account.restore': 'status',
  'account.verify': 'verification',
  'account.role': 'roles',
  'credits.grant': 'credits',
  'credits.deduct': 'credits',
  'credits.set': 'credits',
  'account.notify': null,
  'account.password': 'password',
  'account.discord': 'discord',
  'limit.add': 'limit',
  'limit.remove': 'limit',
  'limit.set': 'limit',
  'voucher.create': null,
  'voucher.revoke': null,
  'server.suspend': 'servers',
  'server.unsuspend': 'servers',
};

/** What a notice is about; see the table. */
export type NoticeKind = 'operation' | 'policy' | 'card' | 'reminder' | 'member' | 'requester' | 'head';
export type NoticeLane = 'audit' | 'cards' | 'direct';

/** Why an operation failed where it was not the panel: our own code, an approver, nobody's approval in time, or what settlement found. */
export const OWN_FAILURES = ['internal', 'declined', 'not_approved', 'did_not_happen'] as const;

export type OwnFailure = (typeof OWN_FAILURES)[number];
