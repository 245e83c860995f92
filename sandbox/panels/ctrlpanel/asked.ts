import type { Answer } from '../wire/answer.ts';
import { json } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';
import { coercedId } from '../wire/input.ts';
import type { DoubleRequest } from '../wire/request.ts';
import type { Backend } from './backend.ts';
import { noModel } from './errors.ts';
import type { CtrlState, CtrlUser } from './state.ts';

/** A request past all that is asked of whoever makes it. */
export interface Asked {
  readonly state: CtrlState;
  readonly backend: Backend;
  readonly request: DoubleRequest;
  /** The query and the body in one. Malformed JSON is an empty body. */
  readonly input: Input;
}

/** One thing as the release wraps it. */
export function one({ release }: CtrlState, view: Record<string, unknown>, status = 200): Answer {
  return json(status, release === '1.1.1' ? view : { data: view });
}

/**
 * The user that a path names: MySQL reads the number that the text begins with.
 * @throws Refusal 404
 */
export function boundUser(state: CtrlState, text: string): CtrlUser {
  const user = state.users.get(coercedId(text));
  if (user === undefined) throw noModel('User', text);
  return user;
}
