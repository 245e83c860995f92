/** From options as they came to a command's typed input. */
import type { z } from 'zod';
import { type InputProblem, refuse } from '../domain/refusal.ts';
import type { OptionValue, OptionValues } from '../views/view.ts';
import type { Registered } from './registered.ts';

/** @throws Refusal `input.invalid`, which names the first field that is wrong by its label. */
export function readInput(registered: Registered, given: OptionValues): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(registered.command.options)) {
    const value = given[name];
    if (option.required && value === undefined)
      throw refuse('input.invalid', { field: option.label, problem: 'missing' });
    const parsed = option.schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const problem = issue ? problemOf(issue, value) : 'malformed';
      const detail = issue && detailOf(issue);
      throw refuse('input.invalid', { field: option.label, problem, ...(detail ? { detail } : {}) });
    }
    input[name] = parsed.data;
  }
  return input;
}

function problemOf(issue: z.core.$ZodIssue, value: OptionValue | undefined): InputProblem {
  if (value === undefined) return 'missing';
  switch (issue.code) {
    case 'too_small':
      return 'too_short';
    case 'too_big':
      return 'too_long';
    case 'invalid_value':
      return 'not_a_choice';
    default:
      return 'malformed';
  }
}

/** The length that was passed, or the option's own sentence. */
function detailOf(issue: z.core.$ZodIssue): string | null {
  switch (issue.code) {
    case 'too_small':
      return String(issue.minimum);
    case 'too_big':
      return String(issue.maximum);
    case 'custom':
      return issue.message;
    default:
      return null;
  }
}
