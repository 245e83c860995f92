import type { Verb } from '../../domain/operation.ts';
import type { Preset } from '../../domain/permission.ts';
import { channelMention, join, roleMention, type Text, text } from '../text.ts';
import { meantWords } from './operations.ts';
import { presetWords } from './permissions.ts';
import { hoursWords, minutesWords, monthsWords } from './time-spans.ts';

/** What members can be told of, as a choice in a form. */
export const memberNoticeLabels = {
  credits: 'Credits given and taken',
  suspension: 'Suspensions of accounts and servers, and their end',
  deletion: 'Deletion, and its being called off',
  details: 'Changed names, roles, verification and server limits',
} as const;

export type MemberNotice = keyof typeof memberNoticeLabels;

const memberNoticeWords: Readonly<Record<MemberNotice, Text>> = {
  credits: text`credits`,
  suspension: text`suspensions`,
  deletion: text`deletion`,
  details: text`changed details`,
};

/** Of what members are told, within a sentence. */
export function memberNoticesWords(groups: readonly MemberNotice[]): Text {
  return join(
    groups.map((group) => memberNoticeWords[group]),
    ', ',
  );
}

export const settingsWords = {
  title: text`Settings`,
  saved: text`**The settings are saved.**`,
  change: 'Change…',
  groups: {
    channels: text`**Channels**`,
    reasons: text`**Reasons and repeats**`,
    approvals: text`**Approvals**`,
    undo: text`**Undo and deletion**`,
    members: text`**What members are told**`,
    privacy: text`**Privacy**`,
  },
  channelLabels: { audit: 'Audit', staff: 'Staff', approvals: 'Approvals', alerts: 'Alerts' },
  channel: (id: string): Text => channelMention(id),
  /** Beside a channel that messages are to be posted to. */
  unreachable: (channel: Text): Text => text`${channel} – **I may not write there**`,
  noAuditChannel: text`*none yet*, so changes are posted nowhere`,
  noStaffChannels: text`*none yet*, so outcomes are private`,
  noApprovalsChannel: text`*none yet*, so what needs an approval is refused`,
  alertRole: (roleId: string): Text => roleMention(roleId),
  noAlertRole: text`*none yet*, so nobody is mentioned`,
  noReasons: text`*none yet*, so everybody writes their own`,
  repeats: (minutes: number): Text =>
    minutes === 0
      ? text`The same change may be repeated at once.`
      : text`The same change again within ${minutesWords(minutes)} asks first.`,
  approvers: (approvers: number, hours: number): Text =>
    text`${approvers === 1 ? text`One person approves` : text`Two people approve`}; what waits is declined after ${hoursWords(hours)}.`,
  onlyOverLimits: text`Asked for where a limit is passed.`,
  alwaysAsked: (verbs: readonly Verb[], exempt: Preset): Text =>
    text`Asked for where a limit is passed, and always to ${verbsWords(verbs)}; ${exemptWords(exempt)}.`,
  undo: (minutes: number): Text =>
    minutes === 0
      ? text`Nothing can be taken back.`
      : text`What was done can be taken back for ${minutesWords(minutes)}.`,
  grace: (hours: number): Text =>
    hours === 0
      ? text`Accounts are deleted at once.`
      : text`Accounts are deleted ${hoursWords(hours)} after that was decided.`,
  told: (groups: readonly MemberNotice[]): Text =>
    groups.length === 0 ? text`By direct message: nothing.` : text`By direct message: ${memberNoticesWords(groups)}.`,
  alwaysTold: text`Always: that their e-mail address or password was changed.`,
  kept: (months: number): Text => text`The personal part of the audit log is kept for ${monthsWords(months)}.`,
} as const;

/** Settings that hold people back, as a change of them is told: their names, and what they can be. */
export const guardWords = {
  auditChannelId: { name: text`Audit channel`, value: channelOrNone },
  approvalsChannelId: { name: text`Approvals channel`, value: channelOrNone },
  approvers: { name: text`Approvers`, value: (approvers: number): Text => text`${approvers}` },
  approvalVerbs: {
    name: text`Always approved`,
    value: (verbs: readonly Verb[]): Text => (verbs.length === 0 ? text`nothing` : verbsWords(verbs)),
  },
  approvalExempt: {
    name: text`Exempt from approvals`,
    value: (preset: Preset): Text => text`${presetWords[preset]} and above`,
  },
  undoMinutes: { name: text`Undo`, value: minutesOrNone },
  graceHours: {
    name: text`Grace before a deletion`,
    value: (hours: number): Text => (hours === 0 ? text`none` : hoursWords(hours)),
  },
  repeatWindowMinutes: { name: text`Repeat warning`, value: minutesOrNone },
} as const;

/** What is wrong with a number in a form. */
export function wholeNumberProblem(least: number, most: number): string {
  return `Write a whole number from ${least} to ${most}.`;
}

function verbsWords(verbs: readonly Verb[]): Text {
  return join(
    verbs.map((verb) => meantWords[verb]),
    ', ',
  );
}

function exemptWords(preset: Preset): Text {
  return preset === 'owner' ? text`owners need none` : text`${presetWords[preset]} and above need none`;
}

function channelOrNone(id: string | null): Text {
  return id === null ? text`none` : channelMention(id);
}

function minutesOrNone(minutes: number): Text {
  return minutes === 0 ? text`none` : minutesWords(minutes);
}
