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

/** `awaiting_approval → pending → succeeded | failed | unknown`, and `unknown → succeeded | failed`; never backwards. */
export type OperationState = 'awaiting_approval' | 'pending' | 'succeeded' | 'failed' | 'unknown';

/** Verbs that move credits: while one of them is `unknown`, further ones on that account are refused. */
export const CREDIT_VERBS: ReadonlySet<Verb> = new Set(['credits.grant', 'credits.deduct', 'credits.set']);

/** How every run of an interaction ends, counted by these names. */
export type RunStatus = 'done' | 'refused' | 'failed' | 'unknown' | 'waiting' | 'expired';
