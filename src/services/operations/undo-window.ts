import type { Verb } from '../../domain/operation.ts';
import type { Settings } from '../settings/schema.ts';
import type { OperationRecord } from './record.ts';

const MINUTE_MS = 60_000;
/** Whoever was locked out by a wrong e-mail address may need a day to say so. */
const EMAIL_MINUTES = 24 * 60;

/** What can be taken back for as long as the team has set. */
const UNDOABLE: ReadonlySet<Verb> = new Set([
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'account.suspend',
  'server.suspend',
  'account.role',
  'account.schedule_deletion',
  'limit.add',
  'limit.remove',
  'limit.set',
]);

type Undoable = Pick<OperationRecord, 'operation' | 'endedAt' | 'linked'> & { readonly changed: readonly string[] };
type Window = Pick<Settings, 'undoMinutes'>;

/**
 * Until when an operation can be taken back; null for one that cannot, was already, is over by itself, or turned out not to have happened.
 * Whether the moment has passed is not asked here.
 */
export function undoUntil(record: Undoable, settings: Window): Date | null {
  const over = record.linked.some(({ link, state }) => link?.kind === 'correction' || state !== 'failed');
  return over ? null : (undoWindow(record, settings)?.until ?? null);
}

/** Between which moments an operation can be taken back, once; null for one that never can. */
export function undoWindow(
  { operation, endedAt, changed }: Omit<Undoable, 'linked'>,
  settings: Window,
): { readonly from: Date; readonly until: Date } | null {
  if (operation.state !== 'succeeded' || operation.link !== null || endedAt === null) return null;
  const emailChanged = operation.verb === 'account.edit' && changed.includes('email');
  const minutes = emailChanged ? EMAIL_MINUTES : UNDOABLE.has(operation.verb) ? settings.undoMinutes : 0;
  return minutes === 0 ? null : { from: endedAt, until: new Date(endedAt.getTime() + minutes * MINUTE_MS) };
}
