import { createHmac } from 'node:crypto';
import { refuse } from '../../domain/refusal.ts';
import type { VouchersAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';

type CodeTraits = VouchersAbility['traits']['code'];

/** What cannot be mistaken for one another when it is read out: 32 letters and digits. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;

/**
 * A code that nobody can guess, and that is the same when the same request is delivered again: so what it made is found, and no second one
 * is made.
 */
export function generateCode({ auditKey, origin }: Pick<Context, 'auditKey' | 'origin'>, traits: CodeTraits): string {
  const length = Math.max(traits.minLength, Math.min(LENGTH, traits.maxLength));
  const bytes = createHmac('sha512', auditKey).update(`voucher code of ${origin}`).digest();
  return Array.from({ length }, (_, index) => ALPHABET[(bytes[index % bytes.length] ?? 0) % ALPHABET.length]).join('');
}

/** @throws Refusal `input.invalid` for a code that the panel does not take */
export function checkCode(typed: string, { minLength, maxLength, pattern }: CodeTraits): string {
  const code = typed.trim();
  const problem =
    code.length < minLength
      ? ({ problem: 'too_short', detail: String(minLength) } as const)
      : code.length > maxLength
        ? ({ problem: 'too_long', detail: String(maxLength) } as const)
        : null;
  if (problem) throw refuse('input.invalid', { field: 'code', ...problem });
  if (!new RegExp(`^(?:${pattern})$`, 'u').test(code))
    throw refuse('input.invalid', { field: 'code', problem: 'malformed' });
  return code;
}
