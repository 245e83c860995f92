import type { OperationState } from '../../domain/operation.ts';
import { mention, moment, roleMention, type Text, text } from '../text.ts';
import { actorWords, stepWords } from './operations.ts';

/** Labels of what is known of a movement whose outcome is not. */
export const doubtLabels = {
  before: 'Before',
  expected: 'If it happened',
  seen: 'Seen now',
} as const;

export const doubtWords = {
  unclear: text`**It is not known whether this happened.**`,
  contradiction: text`**There are two answers to whether this happened.**`,
  steps: text`**This stopped half way.**`,
  balance: text`Others move this balance too, so it proves nothing by itself.`,
  limit: text`Others change this limit too, so it proves nothing by itself.`,
  notShown: text`What the panel shows does not tell.`,
  notRead: text`could not be read`,
  between: text`**Since then**`,
  noMovements: text`No other movement is known since then.`,
  outside: text`by others`,
  done: (step: string): Text => text`✓ ${stepWords(step, 30)}`,
  open: (step: string): Text => text`? ${stepWords(step, 30)} – not known whether it was done`,
  stored: (state: OperationState): Text =>
    state === 'succeeded' ? text`It is recorded as done.` : text`It is recorded as not having happened.`,
  came: (state: 'succeeded' | 'failed'): Text =>
    state === 'succeeded'
      ? text`Whoever had worked on it came back later and said that it **happened**.`
      : text`Whoever had worked on it came back later and said that it **did not happen**.`,
  look: (panel: Text): Text => text`Look at the account in ${panel}, then say how it is.`,
  mentioned: (roleId: string): Text => text`${roleMention(roleId)}, somebody has to look`,
  happened: 'It happened',
  not: 'It did not',
  again: 'Try again',
} as const;

/** What a person can say of an operation, as the choices of a command. */
export const saidLabels = {
  happened: doubtWords.happened,
  not: doubtWords.not,
  again: 'It did not: try again',
} as const;

/** How it was found out whether something happened. */
export const settledWords = {
  happened: text`settled: it happened`,
  not: text`settled: it did not happen`,
  by: (what: Text, settlerId: string): Text => text`${what}, by ${mention(settlerId)}`,
} as const;

/** What an operation is to another one, and others are to it. */
export const linkWords = {
  takenBack: (actorId: string, number: number): Text => text`taken back by ${actorWords(actorId)} (#${number})`,
  ended: (number: number): Text => text`ended (#${number})`,
  corrected: (number: number): Text => text`corrected (#${number})`,
  undo: (number: number): Text => text`takes back #${number}`,
  end: (number: number): Text => text`ends #${number}`,
  correction: (number: number): Text => text`corrects #${number}`,
  until: (at: Date): Text => text`until ${moment(at, 'dateTime')}`,
  due: (at: Date): Text => text`due ${moment(at, 'dateTime')}`,
} as const;

export const undoLabel = 'Undo';
