import type { Money } from '../../domain/money.ts';
import type { OperationState, SettledBy, Verb } from '../../domain/operation.ts';
import { mention, messageLink, moment, plain, type Text, text, untrusted } from '../text.ts';
import { deedWords, stateWords, stepWords } from './operations.ts';

/** Labels of an operation's facts, in the order in which they stand. */
export const operationLabels = {
  asked: 'Asked by',
  reason: 'Reason',
  account: 'Account',
  panel: 'Panel',
  what: 'What',
  balance: 'Balance',
  because: 'Because',
  until: 'Until',
  link: 'Linked',
  settled: 'Found out',
} as const;

/** How an operation stands; it opens the card. */
export const standingWords: Readonly<Record<OperationState, Text>> = {
  awaiting_approval: text`**Waits for approval**`,
  pending: text`**Under way**`,
  succeeded: text`**Done**`,
  failed: text`**Did not happen**`,
  unknown: text`**Not known whether it happened**`,
};

const stepMarks: Readonly<Record<OperationState, Text>> = {
  succeeded: text`✓`,
  failed: text`✗`,
  unknown: text`?`,
  pending: text`…`,
  awaiting_approval: text`…`,
};

export const operationCardWords = {
  takenBack: text`**Done, and taken back**`,
  findingOut: text`Steward is finding out`,
  asksPerson: text`somebody has to look and say`,
  to: (deed: Text, account: Text): Text => text`${deed} to ${account}`,
  from: (deed: Text, account: Text): Text => text`${deed} from ${account}`,
  step: (name: string, state: OperationState, limit: number): Text =>
    text`${stepMarks[state]} ${stepWords(name, limit)}`,
  added: text`**Added afterwards**`,
  addedBy: (authorId: string, at: Date): Text => text`${mention(authorId)} ${moment(at)}`,
  newReason: (reason: string, limit: number): Text => text`the reason is “${untrusted(reason, limit)}”`,
  message: (link: string): Text => messageLink(link),
  file: (name: string, limit: number): Text => text`file “${untrusted(name, limit)}”`,
  earlier: (count: number): Text => (count === 1 ? text`… and one more before` : text`… and ${count} more before`),
  amended: (number: number): Text => text`**Added** to the record of #${number}.`,
  fileOf: (number: number): Text => text`Added to the record of #${number}:`,
  showFile: 'Show file',
  correct: 'Correct…',
} as const;

/** How the outcome was found out, after it had not been known. */
export const settledByWords: Readonly<Record<SettledBy, Text>> = {
  reference: text`the panel has it under our reference`,
  state: text`the account shows it`,
  balance: text`the balance shows it`,
  resumed: text`Steward went on with it`,
  late: text`the answer came late`,
  person: text`somebody looked`,
};

export const openOperationsWords = {
  title: (count: number): Text =>
    count === 1 ? text`One operation has not ended` : text`${count} operations have not ended`,
  empty: text`Nothing is open: whatever was begun has ended, and it is known how.`,
  search: 'Search the record',
  open: 'Open an operation…',
} as const;

/** An operation as a choice: `#1042 · +50 · alex · Power cut`. */
export function operationChoice(operation: {
  readonly number: number;
  readonly verb: Verb;
  readonly state: OperationState;
  readonly delta: Money | null;
  readonly username: string | null;
  readonly reason: string | null;
}): string {
  const parts = [
    `#${operation.number}`,
    deedWords(operation.verb, operation.delta),
    operation.username === null ? null : plain(operation.username, 25),
    stateWords[operation.state],
    operation.reason === null ? null : plain(operation.reason, 30),
  ];
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
