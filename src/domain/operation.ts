/** The verbs that change something. Stored with each operation and in the audit log; never renamed. */
export const VERBS = [
  'account.create',
  'account.edit',
  'account.suspend',
  'account.unsuspend',
  'account.delete',
  'account.restore',
  'account.verify',
  'account.role',
  'credits.grant',
  'credits.deduct',
  'credits.set',
] as const;

export type Verb = (typeof VERBS)[number];

export const OPERATION_STATES = ['awaiting_approval', 'pending', 'succeeded', 'failed', 'unknown'] as const;

export type OperationState = (typeof OPERATION_STATES)[number];

/** Where an operation may go from each state; never backwards. */
export const TRANSITIONS: Readonly<Record<OperationState, readonly OperationState[]>> = {
  awaiting_approval: ['pending', 'failed'],
  pending: ['succeeded', 'failed', 'unknown'],
  unknown: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
};

/** Verbs that move credits: while one of them is `unknown`, further ones on that account are refused. */
export const CREDIT_VERBS: ReadonlySet<Verb> = new Set(['credits.grant', 'credits.deduct', 'credits.set']);

/** How every run of an interaction ends, counted by these names. */
export const RUN_STATUSES = ['done', 'refused', 'failed', 'unknown', 'waiting', 'expired'] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];
