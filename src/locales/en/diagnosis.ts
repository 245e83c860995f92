import type { Permission } from '../../domain/permission.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import { moment, type Text, text, untrusted } from '../text.ts';
import { permissionWords } from './permissions.ts';
import { panelFailureWords } from './refusals.ts';

export const diagnosisWords = {
  title: (account: Text): Text => text`Why can ${account} not log in?`,
  nothing: text`**Nothing keeps them out that can be seen from here.** The account is there, and it is open.`,
  ask: text`Ask them which address or username they type, letter by letter, whether Caps Lock is on, and what the page says. An old password that the browser fills in is the usual reason.`,
  usable: text`**Nothing keeps them out by itself.** This may explain it all the same:`,
  absent: (typed: string): Text => text`**No panel has an account “${untrusted(typed, 60)}”.**`,
  absentAsk: text`Ask them which address they signed up with, and for the name that their invoices or their page in the panel show.`,
  resembling: text`These have names like it:`,
  noneResembling: text`None has a name like it either.`,
  choose: 'Look at one of them…',
  unreadAccount: (panel: string, failure: PanelFailure, at: Date): Text =>
    text`${panelFailureWords(failure, panel, null)} This is how the account was ${moment(at)}.`,
  unreadFindings: (panel: string, failure: PanelFailure): Text =>
    text`${panelFailureWords(failure, panel, null)} It may know of more reasons than these.`,
  seen: (panel: string, at: Date): Text => text`${untrusted(panel, 40)} · as of ${moment(at)}`,
  /** In place of a mend that somebody else has to make. */
  others: (permission: Permission): Text =>
    text`Mended by somebody of the team who may ${permissionWords[permission]}.`,
  /** Of an account that is gone. */
  another: text`Make another account, or link the member to the one that they have.`,
  inPanel: text`That is mended in the panel itself.`,
  later: text`It can be mended once the panel answers.`,
  rests: text`It can be mended once it is known what came of the last change.`,
  detail: (detail: string, limit: number): Text => text`“${untrusted(detail, limit)}”`,
  further: (count: number): Text =>
    count === 1 ? text`There is one more; mend these first.` : text`There are ${count} more; mend these first.`,
  openCard: 'Open card',
  newPassword: 'New password…',
} as const;

/** What each reason is, and what to do where there is no button for it. */
export const reasonWords = {
  gone: text`**The panel has no such account any more.** It was removed there, not through Steward.`,
  deleted: text`**The account is deleted.**`,
  half_created: (number: number): Text =>
    text`**It may have been made only in part:** what came of #${number} is not known.`,
  suspended: text`**The account is suspended** in the panel; Steward does not know why.`,
  blocked: text`**The panel blocks the account.**`,
  unverified: text`**The e-mail address is not confirmed,** and some panels let nobody in without that.`,
  no_role: text`**The account has no role,** so the panel may let them in and show them nothing.`,
  two_factor: text`**It asks for a second factor.** Ask whether they still have their authenticator; without it, it is switched off in the panel.`,
  unclear: (deed: Text, number: number): Text => text`**It is not known whether this happened:** ${deed} (#${number}).`,
  underWay: (deed: Text, number: number): Text => text`**This is still under way:** ${deed} (#${number}).`,
  waiting: (deed: Text, number: number): Text => text`**This waits for an approval:** ${deed} (#${number}).`,
  linked_elsewhere: (username: string): Text =>
    text`**The member has another account:** they are linked to ${untrusted(username, 40)}, and may log in with one and look for the other.`,
  password_unseen: (at: Date, number: number): Text =>
    text`**A new password was set** ${moment(at)} (#${number}), **and nobody has looked at it:** the old one is no use any more. The member sees it with \`/account password\`.`,
  password_set: (at: Date, number: number): Text =>
    text`**A new password was set** ${moment(at)} (#${number}): they may be typing the old one.`,
  servers_suspended: text`**Servers of theirs are suspended,** which looks as if they were locked out.`,
  no_servers: text`**They have no servers,** so there is nothing to be seen once they are in.`,
} as const;

/** What to do about reasons that nothing here mends. */
export const mendWords = {
  gone: text`Make another account, or link the member to the one that they have.`,
  servers: text`Look at their servers in the panel.`,
} as const;

export const mendLabels = {
  restore: 'Restore',
  keep: 'Keep account',
  unsuspend: 'Lift suspension',
  verify: 'Mark e-mail as verified',
  role: 'Give a role…',
  show: 'Show it',
  look: 'Look at that one',
  servers: 'Look at their servers',
} as const;
