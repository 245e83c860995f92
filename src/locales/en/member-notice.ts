/** What members are told of what was done to their accounts: plainly, and without saying who of the team did it. */
import { moment, type Text, text, untrusted } from '../text.ts';

/** An amount with its unit, in bold: `**50** credits`. */
type Amount = Text;

/** `why` ends the sentence: `: Event prize.`, or a full stop. */
export const memberWords = {
  given: (amount: Amount, why: Text): Text => text`The team gave you ${amount}${why}`,
  taken: (amount: Amount, why: Text): Text => text`The team took ${amount} from you${why}`,
  balanceSet: (why: Text): Text => text`The team set your balance anew${why}`,
  takenBack: (amount: Amount, why: Text): Text => text`The team took back ${amount} that it had given you${why}`,
  givenBack: (amount: Amount, why: Text): Text => text`The team gave you back ${amount}${why}`,
  balance: (amount: Amount): Text => text`You have ${amount} now.`,
  suspended: (why: Text): Text => text`**Your account was suspended**${why}`,
  suspendedUntil: (until: Date): Text => text`The suspension ends by itself on ${moment(until, 'dateTime')}.`,
  suspensionLifted: (why: Text): Text => text`**Your suspension was lifted**${why} Your account works again.`,
  suspensionOver: text`**Your suspension has ended.** Your account works again.`,
  suspensionEnds: (left: 'day' | 'hour', until: Date | null): Text => {
    const soon = left === 'day' ? text`**Your suspension ends in a day**` : text`**Your suspension ends in an hour**`;
    return until === null ? text`${soon}.` : text`${soon}: ${moment(until, 'dateTime')}.`;
  },
  serverSuspended: (name: string | null, why: Text): Text =>
    name === null
      ? text`**A server of yours was suspended**${why}`
      : text`**Your server ${untrusted(name, 40)} was suspended**${why}`,
  serversLifted: (names: readonly string[]): Text =>
    names.length === 0
      ? text`**Servers of yours are no longer suspended.**`
      : text`**No longer suspended:** ${untrusted(names.join(', '), 200)}.`,
  deletionScheduled: (at: Date | null, why: Text): Text =>
    at === null
      ? text`**Your account is going to be deleted**${why}`
      : text`**Your account will be deleted on ${moment(at, 'dateTime')}**${why}`,
  deletionWrong: text`If that is not right, write to the team before then.`,
  deletionOff: text`**Your account will not be deleted** after all.`,
  deleted: (why: Text): Text => text`**Your account was deleted**${why}`,
  deletedAsAnnounced: text`**Your account was deleted**, as announced.`,
  restored: (why: Text): Text => text`**Your account was restored**${why}`,
  created: text`**An account was made for you.**`,
  verified: text`**Your e-mail address was confirmed** by the team.`,
  emailChanged: text`**The e-mail address of your account was changed.**`,
  emailWrong: text`If you did not ask for that, write to the team at once: for a day it can be changed back.`,
  usernameChanged: text`Your username was changed.`,
  nameChanged: text`The name on your account was changed.`,
  rolesChanged: text`The roles of your account were changed.`,
  roleGiven: (role: string): Text => text`Your account was given the role **${untrusted(role, 40)}**.`,
  roleTaken: (role: string): Text => text`The role **${untrusted(role, 40)}** was taken from your account.`,
  roleSet: (role: string): Text => text`The role of your account is **${untrusted(role, 40)}** now.`,
  passwordSet: (why: Text): Text => text`**The team set a new password for your account**${why}`,
  passwordToSee: text`You can look at it once, within a day. Nobody of the team sees it. Change it in the panel when you are in.`,
  limitMoved: (limit: Text, why: Text): Text => text`You may have **${limit}** now${why}`,
  limitChanged: (why: Text): Text => text`How many servers you may have was changed${why}`,
  because: (reason: Text): Text => text`: ${reason}.`,
  stop: text`.`,
  notWanted: text`\`/account notifications\` ends these messages`,
} as const;
