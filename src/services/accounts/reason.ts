import { isBlank } from '../../domain/blank.ts';
import { refuse } from '../../domain/refusal.ts';

/** Longest reason, in characters. */
export const REASON_LENGTH = 300;

/** @throws Refusal `reason.missing` or `input.invalid` */
export function checkReason(reason: string): string {
  const trimmed = reason.trim();
  if (isBlank(trimmed)) throw refuse('reason.missing', {});
  if ([...trimmed].length > REASON_LENGTH) {
    throw refuse('input.invalid', { field: 'reason', problem: 'too_long', detail: String(REASON_LENGTH) });
  }
  return trimmed;
}
