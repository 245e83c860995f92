import { CREDIT_VERBS, VERBS, type Verb } from '../../domain/operation.ts';
import { count, type Text, text, untrusted } from '../text.ts';
import { doneWords } from './operations.ts';

/** Audited acts that are not operations. */
const acts: Readonly<Record<string, Text>> = {
  'account.reveal': text`E-mail revealed`,
  'account.lookup': text`Looked up by e-mail`,
  'account.password_shown': text`New password seen`,
  'voucher.reveal': text`Codes of vouchers revealed`,
  'link.set': text`Linked`,
  'link.remove': text`Link removed`,
  'note.add': text`Note added`,
  'note.withdraw': text`Note withdrawn`,
  'policy.grant': text`Granted`,
  'policy.revoke': text`Revoked`,
  'settings.change': text`Settings changed`,
  'operation.approve': text`Approved`,
  'operation.decline': text`Declined`,
  'operation.settle': text`Settled`,
  'operation.amend': text`Corrected`,
  'audit.export': text`Audit log exported`,
  'audit.forget': text`Personal data forgotten`,
};

const isVerb = (action: string): action is Verb => (VERBS as readonly string[]).includes(action);

/** What was done, by the name under which it stands in the audit log. */
export function auditedWords(action: string): Text {
  return isVerb(action) ? doneWords[action] : (acts[action] ?? untrusted(action, 40));
}

/** Whether it is best named by how much it moves. */
export const isMovement = (action: string): boolean => isVerb(action) && CREDIT_VERBS.has(action);

/** All that can be searched for. */
export const AUDITED_ACTIONS: readonly string[] = [...VERBS, ...Object.keys(acts)];

export const outcomeLabels = {
  succeeded: 'Done',
  failed: 'Did not happen',
  unknown: 'Not known',
} as const;

/** How far the audit log was sealed, and with what, in 64 hexadecimal digits; to be posted, and to be kept. */
export function headWords(position: number, seal: string): Text {
  return text`Audit log sealed up to row **${count(position)}**: \`${position}-${untrusted(seal)}\``;
}

const HEAD = /`(\d{1,15})-([0-9a-f]{64})`$/;

/** Reads back what {@link headWords} said; null for any other words. */
export function readHeadWords(said: string): { readonly position: number; readonly seal: string } | null {
  const [, position, seal] = HEAD.exec(said) ?? [];
  if (position === undefined || seal === undefined) return null;
  const head = { position: Number(position), seal };
  return headWords(head.position, head.seal) === said ? head : null;
}
