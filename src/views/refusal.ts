import type { Refusal } from '../domain/refusal.ts';
import { failureWords } from '../locales/en/failure.ts';
import { refusalWords } from '../locales/en/refusals.ts';
import { button, noticeView } from './parts.ts';
import type { Invocation, View } from './view.ts';

/** Why something was not done. `correct` reopens the form, filled in. */
export function refusalView(refusal: Refusal, correct?: Invocation): View<'private'> {
  const buttons = correct ? [button(failureWords.correct, correct, 'primary')] : [];
  return { ...noticeView('warning', refusalWords(refusal), buttons), status: 'refused' };
}

/** Something went wrong in Steward itself; `reference` finds it in the log. */
export function failureView(reference: string): View<'private'> {
  return noticeView('bad', failureWords.failure(reference));
}
