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
  'account.suspend',
  'account.role',
  'account.schedule_deletion',
]);

/** Until when an operation can be taken back; null for one that cannot, or was already. Whether the moment has passed is not asked here. */
export function undoUntil(
  { operation, endedAt, changed, linked }: Pick<OperationRecord, 'operation' | 'endedAt' | 'changed' | 'linked'>,
  settings: Pick<Settings, 'undoMinutes'>,
): Date | null {
  const takenBack = linked.some(({ link, state }) => link?.kind === 'undo' && state !== 'failed');
  if (operation.state !== 'succeeded' || operation.link?.kind === 'undo' || takenBack || endedAt === null) return null;
  const emailChanged = operation.verb === 'account.edit' && changed.includes('email');
  const minutes = emailChanged ? EMAIL_MINUTES : UNDOABLE.has(operation.verb) ? settings.undoMinutes : 0;
  return minutes === 0 ? null : new Date(endedAt.getTime() + minutes * MINUTE_MS);
}
