import type { RefusalCode, RefusalParameters } from '../../domain/refusal.ts';
import { amount, mention, moment, roleMention, type Text, text, untrusted } from '../text.ts';

/** What something would have been refused with, had nobody been there to approve it. */
export type Because = {
  [Code in RefusalCode]: { readonly code: Code; readonly parameters: RefusalParameters[Code] };
}[RefusalCode];

const because: { readonly [Code in RefusalCode]?: (parameters: RefusalParameters[Code]) => Text } = {
  'policy.over_act': ({ limit }) => text`it is more than the **${amount(limit)}** that they may move at once`,
  'policy.over_day': ({ limit, left }) =>
    text`of the **${amount(limit)}** that they may give in a day, **${amount(left)}** are left`,
  'policy.over_target': ({ limit, left }) =>
    text`of the **${amount(limit)}** that one account may be given in a day, **${amount(left)}** are left`,
  'policy.recent': ({ days }) =>
    text`they created or linked this account, or changed its e-mail address, within the last ${days} days`,
  'approval.required': () => text`the team wants this approved always`,
};

/** Why it waits, told to those who may approve it. */
export function becauseWords<Code extends RefusalCode>(why: {
  readonly code: Code;
  readonly parameters: RefusalParameters[Code];
}): Text {
  return because[why.code]?.(why.parameters) ?? text`somebody else has to agree`;
}

/** Labels of an approval card's facts, in the order in which they stand. */
export const approvalLabels = {
  asked: 'Asked by',
  account: 'Account',
  reason: 'Reason',
  because: 'Because',
  balance: 'Balance',
  decisions: 'Approved',
} as const;

export const approvalWords = {
  waits: text`**Waits for approval**`,
  balance: (now: Text, then: Text): Text => text`${now}, and **${then}** with it`,
  nobodyYet: (needed: number): Text => (needed === 1 ? text`by nobody yet` : text`by nobody yet, of ${needed}`),
  some: (people: Text, count: number, needed: number): Text => text`by ${people} (${count} of ${needed})`,
  declinedItself: (until: Date): Text => text`Declined by itself ${moment(until)}`,
  mentioned: (roleId: string): Text => text`${roleMention(roleId)}, somebody has to decide`,
  approve: 'Approve',
  decline: 'Decline…',
  reminder: (number: number, until: Date | null): Text =>
    until === null ? text`#${number} still waits.` : text`#${number} still waits; it is declined ${moment(until)}.`,
  approvedBy: (people: Text): Text => text`approved by ${people}`,
  declinedBy: (userId: string, reason: string | null): Text =>
    reason === null || reason === ''
      ? text`declined by ${mention(userId)}`
      : text`declined by ${mention(userId)}: ${untrusted(reason, 200)}`,
  declined: (number: number, requesterId: string): Text =>
    text`**#${number} is declined.** ${mention(requesterId)} is told, with your reason.`,
  withdrawn: (number: number): Text => text`**#${number} is withdrawn.**`,
  notInTime: text`nobody approved it in time`,
} as const;

/** A change of roles, with the role. */
export const roleWords = {
  add: (role: string): Text => text`Give the role ${untrusted(role, 40)}`,
  remove: (role: string): Text => text`Take the role ${untrusted(role, 40)}`,
  set: (role: string): Text => text`Make ${untrusted(role, 40)} the only role`,
} as const;
