import type { Answer } from '../wire/answer.ts';
import type { Input } from '../wire/input.ts';
import { type Asked, one } from './asked.ts';
import { invalid, type Messages } from './errors.ts';
import { type Broken, broken, calculable, least, MOST_CREDITS, MOST_SERVERS, most, NUMERIC, toMilli } from './rules.ts';
import { type CtrlState, type CtrlUser, moveCredits, note } from './state.ts';
import { userView } from './views.ts';

const INCREMENT = {
  credits: { checks: [NUMERIC, least(0), most(MOST_CREDITS)] },
  server_limit: { checks: [NUMERIC, least(0), most(MOST_SERVERS)] },
};
const DECREMENT = {
  credits: { checks: [NUMERIC, least(1)] },
  server_limit: { checks: [NUMERIC, least(1)] },
};

export async function increment({ state, input }: Asked, user: CtrlUser): Promise<Answer> {
  const found = broken(INCREMENT, input);
  const newCredits = Number(user.creditsMilli) + calculable(input.credits) * 1_000;
  const newLimit = user.serverLimit + calculable(input.server_limit);
  if (input.credits !== undefined && newCredits > MOST_CREDITS)
    add(
      found,
      'credits',
      `Adding ${input.credits} credits would result in ${newCredits}, exceeding the maximum limit of ${MOST_CREDITS}.`,
    );
  if (input.server_limit !== undefined && newLimit > MOST_SERVERS)
    add(
      found,
      'server_limit',
      `Adding ${input.server_limit} server limit would result in ${newLimit}, exceeding the maximum limit of ${MOST_SERVERS}.`,
    );
  refuse(found);
  await state.writesWaitFor;
  if (input.credits !== undefined) {
    moveCredits(state, user, toMilli(input.credits), 'user.increment');
    state.queue.push(user.id);
  }
  moveLimit(state, user, input, 1);
  return one(state, userView(state, user));
}

/** The balance is checked first and written later: of two at once, both can pass. */
export async function decrement({ state, input }: Asked, user: CtrlUser): Promise<Answer> {
  const found = broken(DECREMENT, input);
  const newCredits = Number(user.creditsMilli) - calculable(input.credits) * 1_000;
  const newLimit = user.serverLimit - calculable(input.server_limit);
  if (input.credits !== undefined && newCredits < 0) {
    const removable = Math.floor(Number(user.creditsMilli) / 1_000);
    add(found, 'credits', `Cannot remove ${input.credits} credits. User has ${removable} credits available.`);
  }
  if (input.server_limit !== undefined && newLimit < 0)
    add(
      found,
      'server_limit',
      `Cannot remove ${input.server_limit}. User has ${user.serverLimit} server limit available.`,
    );
  refuse(found);
  await state.writesWaitFor;
  if (input.credits !== undefined) moveCredits(state, user, -toMilli(input.credits), 'user.decrement');
  moveLimit(state, user, input, -1);
  return one(state, userView(state, user));
}

function moveLimit(state: CtrlState, user: CtrlUser, input: Input, sign: 1 | -1): void {
  if (input.server_limit === undefined) return;
  // The column holds whole numbers, and MySQL rounds.
  user.serverLimit = Math.round(user.serverLimit + sign * Number(input.server_limit));
  user.updatedAt = state.now();
  note(state, sign === 1 ? 'limit.increment' : 'limit.decrement', user.id, { serverLimit: user.serverLimit });
}

function add(found: Broken, field: string, message: string): void {
  found[field] = [...(found[field] ?? []), message];
}

function refuse(found: Messages): void {
  if (Object.keys(found).length > 0) throw invalid(found);
}
