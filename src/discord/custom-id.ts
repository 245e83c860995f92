/**
 * The ids of buttons, selects, menus and forms: `<version>:<answer>:<key>:<index>`. The letter says how a press is acknowledged before
 * anything is read; the key finds what the components of the message do, the index which of it.
 */
import { randomBytes } from 'node:crypto';
import type { Invocation } from '../views/view.ts';

export type AnswerKind = Invocation['answer'];

export interface ComponentReference {
  readonly answer: AnswerKind;
  readonly key: string;
  readonly index: number;
}

const LETTERS = { private: 'p', public: 'o', update: 'u', form: 'f' } as const satisfies Record<AnswerKind, string>;

const ANSWERS: Readonly<Record<string, AnswerKind>> = { p: 'private', o: 'public', u: 'update', f: 'form' };

/** A menu's entries have answers of their own: its letter and index stand in the picked value. */
const MENU = 'm';

const CUSTOM_ID = /^1:([poufm]):([\w-]{22}):(\d{1,2})$/;
const MENU_VALUE = /^([pouf]):(\d{1,2})$/;

/** 128 random bits: who knows a key was shown the message. */
export function newComponentKey(): string {
  return randomBytes(16).toString('base64url');
}

export function customId(reference: ComponentReference): string {
  return `1:${LETTERS[reference.answer]}:${reference.key}:${reference.index}`;
}

export function menuCustomId(key: string, index: number): string {
  return `1:${MENU}:${key}:${index}`;
}

export function menuValue(answer: AnswerKind, index: number): string {
  return `${LETTERS[answer]}:${index}`;
}

/** Null for ids that are not ours, or of a version that is gone. `values` are what was picked in a select. */
export function parseCustomId(id: string, values: readonly string[] = []): ComponentReference | null {
  const [, letter = '', key = '', index = ''] = CUSTOM_ID.exec(id) ?? [];
  if (letter === MENU) {
    const [, entryLetter = '', entryIndex = ''] = MENU_VALUE.exec(values[0] ?? '') ?? [];
    return reference(entryLetter, key, entryIndex);
  }
  return reference(letter, key, index);
}

function reference(letter: string, key: string, index: string): ComponentReference | null {
  const answer = ANSWERS[letter];
  return answer ? { answer, key, index: Number(index) } : null;
}
