/** What is said on the way to every command and back, whichever it is. */
import { type Text, text } from '../text.ts';

/** The options that name an account: two before all others of a command that acts on one, and the panel after them. */
export const TARGET_WORDS = {
  member: {
    description: 'Whose account: someone in this server',
    label: 'Member',
    placeholder: 'Pick who it is about',
  },
  account: {
    description: 'Which account: username, e-mail, id, or #number of something done to it',
    label: 'Account',
    placeholder: 'Username, e-mail, id or #1042',
  },
  panel: { description: 'In which panel', label: 'Panel' },
} as const;

/** Above the text of a field whose usual answers stand in a select before it; at most 45 characters with a label of 39. */
export function otherwise(label: string): string {
  return `Other ${label.toLowerCase()}`;
}

export const DISPATCH_WORDS = {
  /** For a form whose command has no title of its own. */
  form: 'A few details',
  send: 'Continue',
  /** In a select of usual answers, above a text for any other. */
  pick: 'Pick one, or write another below',
  pickNeeded: 'Needed: pick one, or write another below',
  tooSlow: text`**That took too long to look up.** Nothing was changed. Please try again in a moment.`,
  stopping: text`**I am being restarted.** Nothing was changed. Please try again in a minute.`,
  continueInForm: text`**One more step.** The rest is asked in a form.`,
  leftAlone: text`This message is not kept up to date any more; the work goes on.`,
  askAgain: text`**This answer got lost on the way.** If you were changing something, look at it first; then ask again.`,
} as const satisfies Record<string, Text | string>;
