import type { OwnFailure } from '../../domain/operation.ts';
import type { PanelFailure, Refusal, RefusalCode, RefusalParameters } from '../../domain/refusal.ts';
import { amount, join, mention, moment, type Text, text, untrusted } from '../text.ts';
import { abilityWords, fieldWords, problemWords } from './fields.ts';
import { limitWords } from './limits.ts';
import { deltaWords, stateWords } from './operations.ts';
import { permissionWords, presetWords } from './permissions.ts';
import { minutesWords } from './time-spans.ts';

/** What happened, whether anything was changed, and what to do next. */
export interface RefusalWords {
  readonly what: Text;
  readonly next: Text | null;
}

const ownFailureWords: Readonly<Record<OwnFailure, (number: number) => Text>> = {
  internal: (number) => text`#${number} could not be carried out.`,
  declined: (number) => text`#${number} was declined.`,
  not_approved: (number) => text`Nobody approved #${number} in time.`,
  did_not_happen: (number) => text`#${number} was interrupted, and the panel shows that it did not happen.`,
};

type Words = { readonly [Code in RefusalCode]: (parameters: RefusalParameters[Code]) => RefusalWords };

const say = (what: Text, next: Text | null = null): RefusalWords => ({ what, next });

const panelFailures: Readonly<Record<PanelFailure, (panel: Text) => RefusalWords>> = {
  unreachable: (panel) => say(text`${panel} cannot be reached right now.`, text`Try again in a minute.`),
  timeout: (panel) => say(text`${panel} did not answer in time.`, text`Try again in a minute.`),
  unauthorized: (panel) => say(text`${panel} does not accept Steward’s key.`, text`An owner has to renew it.`),
  forbidden: (panel) => say(text`${panel} does not let Steward do this.`, text`An owner has to widen its key.`),
  not_found: (panel) => say(text`${panel} no longer has this account.`, text`Search for it with \`/user list\`.`),
  conflict: (panel) =>
    say(text`Something changed in ${panel} meanwhile.`, text`Look at the account again, then decide.`),
  rejected: (panel) => say(text`${panel} said no.`, text`Look at the account again, then decide.`),
  rate_limited: (panel) => say(text`${panel} is busy and asks for a pause.`, text`Try again in a minute.`),
  unsupported_version: (panel) =>
    say(text`This version of ${panel} cannot be written to safely.`, text`An owner has to update it.`),
  malformed: (panel) =>
    say(text`${panel} answered with something unreadable.`, text`Try again; if it stays, tell an owner.`),
};

const words: Words = {
  'amount.malformed': ({ text: typed }) =>
    say(
      text`“${untrusted(typed, 40)}” is not an amount.`,
      text`Write digits only, with a point before decimals: \`50\` or \`12.5\`.`,
    ),
  'amount.too_fine': ({ text: typed, scale }) =>
    say(
      text`“${untrusted(typed, 40)}” has too many decimals.`,
      scale === 0
        ? text`This panel counts in whole credits.`
        : scale === 1
          ? text`Write at most one digit after the point.`
          : text`Write at most ${scale} digits after the point.`,
    ),
  'amount.too_large': ({ text: typed }) =>
    say(text`“${untrusted(typed, 40)}” is more than can be moved.`, text`Check the number of digits.`),
  'amount.zero': () => say(text`An amount of zero moves nothing.`, text`Write an amount above zero.`),
  'input.invalid': ({ field, problem, detail }) =>
    say(text`**${fieldWords(field)}**: ${problemWords(problem, detail ?? null, field)}`),
  'reason.missing': () => say(text`This needs a reason.`, text`Pick one of the team’s reasons or write your own.`),
  'target.missing': () => say(text`Whose account?`, text`Name a \`member\` or an \`account\`.`),
  'target.unknown': ({ text: typed }) =>
    say(
      typed === '' ? text`No account was found.` : text`No account was found for “${untrusted(typed, 60)}”.`,
      text`Write the whole username, e-mail address or id, or pick one from the list while typing.`,
    ),
  'target.disagree': () =>
    say(text`The member and the account that you named do not belong together.`, text`Name only one of them.`),
  'target.unlinked': ({ userId }) =>
    say(text`${mention(userId)} is not linked to an account.`, text`Name the \`account\` instead, or link them first.`),
  'target.changed': () =>
    say(text`The account has changed since you opened this.`, text`Look at it again, then decide.`),
  'target.deleted': () => say(text`This account is deleted.`, text`Restore it first, if it is to be used again.`),
  'member.no_account': () =>
    say(text`No account is linked to you yet.`, text`Ask the staff to link yours; they can do it in a moment.`),
  'panel.unknown': ({ panel }) =>
    say(text`No panel called “${untrusted(panel, 40)}” is connected.`, text`Pick one from the list while typing.`),
  'panel.failed': ({ panel, kind, detail }) => {
    const { what, next } = panelFailures[kind](text`**${untrusted(panel, 40)}**`);
    return say(detail === null ? what : text`${what} It says: “${untrusted(detail, 200)}”`, next);
  },
  'ability.missing': ({ panel, ability, reason = null }) =>
    say(
      text`**${untrusted(panel, 40)}** cannot ${abilityWords(ability)}.`,
      reason === null ? text`Do this in the panel itself.` : untrusted(reason, 300),
    ),
  'field.missing': ({ panel, field }) =>
    say(text`Accounts in **${untrusted(panel, 40)}** have no field “${fieldWords(field)}”.`, text`Leave it out.`),
  'account.already_suspended': () =>
    say(text`This account is suspended already.`, text`Its card says by whom and why.`),
  'account.not_suspended': () => say(text`This account is not suspended.`),
  'account.not_deleted': () => say(text`This account is not deleted.`),
  'account.already_verified': () => say(text`This account’s e-mail address is verified already.`),
  'account.unchanged': () => say(text`Everything is as you wrote it already.`),
  'account.taken': ({ field }) =>
    field === 'email'
      ? say(text`Another account uses this e-mail address.`, text`Write another one, or look for that account first.`)
      : say(text`Another account uses this username.`, text`Write another one.`),
  'account.confirmation_differs': () =>
    say(text`The username that you typed is not this account’s.`, text`Type it exactly as it stands in the preview.`),
  'server.unknown': () =>
    say(text`The account has no such server any more.`, text`\`/user servers\` shows those that it has.`),
  'server.already_suspended': () => say(text`The server is suspended already.`),
  'server.not_suspended': () => say(text`There is no suspension to lift: the server is active.`),
  'role.unknown': ({ role }) =>
    say(text`The panel has no role called “${untrusted(role, 40)}”.`, text`Pick one from the list while typing.`),
  'role.already_has': ({ role }) => say(text`The account has the role **${untrusted(role, 40)}** already.`),
  'role.has_not': ({ role }) => say(text`The account does not have the role **${untrusted(role, 40)}**.`),
  'credits.insufficient': ({ balance }) =>
    say(text`The balance is **${amount(balance)}**: that is too little.`, text`Take at most that, or set the balance.`),
  'credits.unchanged': ({ balance }) => say(text`The balance is **${amount(balance)}** already.`),
  'limit.insufficient': ({ limit }) =>
    say(
      text`The limit is **${limitWords.servers(limit)}**: that is too little.`,
      text`Take at most that, or set the limit.`,
    ),
  'limit.too_large': ({ largest }) =>
    say(text`The panel takes no limit above **${limitWords.servers(largest)}**.`, text`Write less.`),
  'limit.unchanged': ({ limit }) => say(text`The limit is **${limitWords.servers(limit)}** already.`),
  'voucher.taken': () =>
    say(text`There is a voucher of this code already.`, text`Write another code, or none: then one is made up.`),
  'voucher.none': () =>
    say(text`There is no such voucher any more.`, text`\`/voucher list\` shows those that there are.`),
  'operation.busy': ({ number }) =>
    say(
      number === null
        ? text`Something else is being done to this account right now.`
        : text`Something else is being done to this account right now (#${number}).`,
      text`Try again in a moment.`,
    ),
  'operation.unknown_open': ({ number }) =>
    say(
      text`It is not known yet what came of #${number}, so this part of the account rests until that is found out.`,
      text`Steward looks by itself; \`/operations show\` tells how far it is.`,
    ),
  'operation.key_reused': () =>
    say(text`This was asked before with other values.`, text`Start again from the command.`),
  'operation.none': ({ number }) =>
    say(
      text`There is no operation #${number}.`,
      text`Pick one from the list while typing, or look with \`/user history\`.`,
    ),
  'operation.failed': ({ number, failure }) =>
    say(ownFailureWords[failure](number), text`Ask for it once more if it is still wanted.`),
  'operation.settled': ({ number, state }) =>
    say(text`Nobody has to say any more how #${number} ended: ${stateWords[state] ?? text`it happened`}.`),
  'operation.own': () =>
    say(text`This is what you did yourself.`, text`Someone else of the team has to say how it ended.`),
  'approval.required': () =>
    say(text`This always needs an approval.`, text`An owner sets the channel for approvals with \`/settings\`.`),
  'approval.nobody': ({ needed }) =>
    say(
      needed === 1
        ? text`This needs the approval of somebody else, and nobody else may give it.`
        : text`This needs the approval of ${needed} others, and there are not so many who may give it.`,
      text`Write less where it is an amount, or ask an owner.`,
    ),
  'approval.over': ({ number, state }) =>
    say(text`#${number} does not wait for an approval any more: ${stateWords[state] ?? text`it is done`}.`),
  'approval.own': () =>
    say(text`You asked for this, or it is about you.`, text`Someone else of the team has to approve it.`),
  'approval.requester_gone': ({ userId }) =>
    say(text`${mention(userId)}, who asked for this, has left the server.`, text`It can only be declined.`),
  'approval.requester_barred': ({ userId }) =>
    say(text`${mention(userId)}, who asked for this, may not do it any more.`, text`It can only be declined.`),
  'approval.again': () => say(text`You have approved this already.`, text`Another person has to approve it as well.`),
  'approval.moved': ({ delta }) =>
    say(
      text`The balance has changed since this was asked for: it would be ${deltaWords(delta)} now.`,
      text`Decline it, and let them ask anew.`,
    ),
  'undo.impossible': ({ number }) =>
    say(text`#${number} is nothing that can be taken back.`, text`Do the opposite where there is one.`),
  'undo.over': ({ number, minutes }) =>
    say(
      text`#${number} could be taken back for ${minutesWords(minutes)}, and that is over.`,
      text`Do the opposite where there is one.`,
    ),
  'undo.done': ({ number }) => say(text`#${number} has been taken back already.`),
  'undo.moved_on': ({ number }) =>
    say(text`The account has changed since #${number}, so it cannot be taken back.`, text`Look at the account first.`),
  'undo.spent': ({ balance }) =>
    say(
      text`The credits are spent: the account has **${amount(balance)}** left.`,
      text`\`/credits remove\` takes what is left.`,
    ),
  'suspension.irreversible': ({ panel }) =>
    say(
      text`**${untrusted(panel, 40)}** does not bring back all that a suspension takes, so it cannot end by itself.`,
      text`Suspend without a duration.`,
    ),
  'deletion.scheduled': ({ number, at }) =>
    say(text`Its deletion is scheduled already (#${number}): ${moment(at)}.`, text`\`/user restore\` calls it off.`),
  'deletion.not_scheduled': () => say(text`No deletion of this account is scheduled.`),
  'notify.nobody': () =>
    say(
      text`Nobody can be reached: the panel sends no messages, and no member is linked to this account.`,
      text`Link the member first.`,
    ),
  'notify.closed': () =>
    say(text`They take no direct messages from Steward.`, text`Write to them in a channel instead.`),
  'account.held': ({ userId }) =>
    say(
      text`${mention(userId)} has proven to the panel that this account is theirs.`,
      text`Link them with \`/link set\`, or let them end their link in the panel first.`,
    ),
  'secret.none': () =>
    say(
      text`There is no password to be shown: it was seen already, its day is over, or it was not made for you.`,
      text`Somebody of the team can make another.`,
    ),
  'operation.settling': ({ number }) =>
    say(
      text`Steward is still finding out what came of #${number}.`,
      text`Wait for its card, or look again in a minute.`,
    ),
  'amendment.empty': () =>
    say(text`There is nothing to add yet.`, text`Write a corrected reason or the link of a message, or choose a file.`),
  'amendment.none': () => say(text`There is no such file.`),
  'file.too_large': ({ limitBytes }) =>
    say(text`This file is too large.`, text`Choose one of at most ${Math.floor(limitBytes / 1_048_576)} MB.`),
  'file.gone': () => say(text`The file could not be fetched from Discord.`, text`Send it once more.`),
  'policy.denied': ({ permission }) =>
    permission === null
      ? say(text`You may not do this.`, text`\`/help\` shows what you may do and whom to ask.`)
      : say(text`You may not ${permissionWords[permission]}.`, text`\`/help\` shows what you may do and whom to ask.`),
  'policy.stale': () => say(text`Your permissions could not be checked just now.`, text`Try again in a few seconds.`),
  'policy.oneself': () => say(text`This account is your own, or was.`, text`Someone else of the team has to do this.`),
  'policy.rank': () =>
    say(text`This account belongs to someone of your rank or above.`, text`Someone of higher rank has to do this.`),
  'policy.owner_only': () => say(text`This account belongs to an owner.`, text`Only an owner may act on it.`),
  'policy.protected': () =>
    say(text`This account administers the panel itself.`, text`It takes the permission to act on such accounts.`),
  'policy.recent': ({ days }) =>
    say(
      text`You created or linked this account, or changed its e-mail address, within the last ${days} days.`,
      text`Someone else of the team has to give it credits.`,
    ),
  'policy.over_act': ({ limit }) =>
    say(
      text`That is more than the **${amount(limit)}** that you may move at once.`,
      text`Write less, or ask someone with a higher limit.`,
    ),
  'policy.over_day': ({ limit, left }) =>
    say(
      text`That is more than you may give in a day: **${amount(left)}** of **${amount(limit)}** are left.`,
      text`Give less, or ask someone with a higher limit.`,
    ),
  'policy.over_target': ({ limit, left }) =>
    say(
      text`That is more than one account may be given in a day: **${amount(left)}** of **${amount(limit)}** are left.`,
      text`Give less, or wait until tomorrow.`,
    ),
  'audit.too_large': () =>
    say(text`That is more than fits into one message of Discord’s, which takes 25 MB.`, text`Name fewer days.`),
  'grant.everyone': () => say(text`Nothing can be granted to everyone.`, text`Choose a role that people are given.`),
  'grant.managed_role': () =>
    say(text`This role belongs to a bot or an integration.`, text`Choose a role that people are given.`),
  'grant.own_role': () =>
    say(
      text`You cannot grant anything to yourself, or to a role that you hold.`,
      text`Someone else who manages the policy has to do it.`,
    ),
  'grant.beyond': ({ permission }) =>
    say(text`You may not ${permissionWords[permission]} yourself, so you cannot grant it.`),
  'grant.beyond_limit': ({ permission }) =>
    say(
      text`The limit is above your own for this: to ${permissionWords[permission]}.`,
      text`Grant it with a limit within yours, per act and per day.`,
    ),
  'grant.rank': ({ preset }) =>
    say(text`**${presetWords[preset]}** does not rank below you.`, text`Someone of higher rank has to do it.`),
  'grant.owner_given': ({ permission }) => say(text`Only an owner may let people ${permissionWords[permission]}.`),
  'grant.unknown': () => say(text`There is no such grant any more.`, text`\`/policy list\` shows those that hold.`),
  'link.own': () => say(text`You cannot set or remove your own link.`, text`Someone else of the team has to do it.`),
  'link.member_taken': ({ panel }) =>
    say(
      text`This member is linked to another account in **${untrusted(panel, 40)}**.`,
      text`Remove that link first: \`/link remove\`.`,
    ),
  'link.account_taken': () =>
    say(text`This account is linked to another member.`, text`Remove that link first: \`/link remove\`.`),
  'link.none': () => say(text`There is no link to remove.`),
  'note.foreign': ({ authorId }) =>
    say(text`This note is ${mention(authorId)}’s to withdraw, or an owner’s.`, text`It stays as it is.`),
  'note.withdrawn': () => say(text`This note is withdrawn already.`),
  'place.staff_in_dm': () =>
    say(text`This works in the community’s server only.`, text`Here, \`/account view\` shows you your own account.`),
  'place.foreign_guild': () => say(text`This bot does not serve this server.`, text`Use it in its own community.`),
  'press.foreign': ({ userId }) =>
    say(text`This was shown to ${mention(userId)} and is theirs to press.`, text`Run the command yourself.`),
  'press.used': () => say(text`This was pressed already.`, text`Once is enough: look again to see what came of it.`),
  'press.expired': () =>
    say(text`This is too old to be pressed.`, text`Run the command again to act on what is true now.`),
  'press.unknown': () => say(text`This button is no longer in use.`, text`Run the command again.`),
  'flood.acts': () => say(text`That was quick: ten in ten seconds is the limit.`, text`Take a breath and go on.`),
  'flood.running': () =>
    say(text`Three of your commands are still running.`, text`Wait for one of their answers, then go on.`),
};

/** What a panel answered that did not do it, as one sentence. */
export function panelFailureWords(kind: PanelFailure, panel: string, detail: string | null): Text {
  return words['panel.failed']({ panel, kind, detail }).what;
}

/** Refusals after which "nothing was changed" would be odd: nothing was to be changed. */
const ONLY_LOOKED: ReadonlySet<RefusalCode> = new Set([
  'target.missing',
  'target.unknown',
  'target.unlinked',
  'member.no_account',
  'panel.unknown',
  'audit.too_large',
  'operation.none',
  'amendment.none',
  'policy.denied',
  'place.staff_in_dm',
  'place.foreign_guild',
  'press.used',
  'secret.none',
]);

/** What stood in the way, without what to do about it. */
export function reasonOfRefusal<Code extends RefusalCode>(refusal: Refusal<Code>): Text {
  return words[refusal.code](refusal.parameters).what;
}

/** A refusal's sentences. */
export function refusalWords<Code extends RefusalCode>(refusal: Refusal<Code>): Text {
  const { what, next } = words[refusal.code](refusal.parameters);
  const unchanged = ONLY_LOOKED.has(refusal.code) ? null : text`Nothing was changed.`;
  return join([what, unchanged, next], ' ');
}
