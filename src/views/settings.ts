import type { Verb } from '../domain/operation.ts';
import type { Preset } from '../domain/permission.ts';
import { guardWords, type MemberNotice, settingsWords } from '../locales/en/settings.ts';
import { join, type Text, text, untrusted } from '../locales/text.ts';
import { button, facts, fitTexts, heading, line, lines, paragraph, run } from './parts.ts';
import type { Block, View } from './view.ts';

/** So much of a message the reasons take at most, so that the other groups have theirs; each is cut as far as it must be. */
const REASONS_CHARACTERS = 1_200;
const REASON_LIMITS = [40, 24, 15, 8, 4];

export interface SettingsFacts {
  readonly auditChannelId: string | null;
  readonly staffChannelIds: readonly string[];
  readonly reasons: readonly string[];
  readonly repeatWindowMinutes: number;
  readonly approvalsChannelId: string | null;
  readonly alertRoleId: string | null;
  readonly approvers: number;
  readonly approvalHours: number;
  readonly approvalVerbs: readonly Verb[];
  readonly approvalExempt: Preset;
  readonly undoMinutes: number;
  readonly graceHours: number;
  readonly memberNotices: readonly MemberNotice[];
  readonly personalMonths: number;
}

/** The settings that hold people back. */
export type GuardName = keyof typeof guardWords;

/** One of them, before and after it was loosened. */
export interface GuardChange<Name extends GuardName = GuardName> {
  readonly setting: Name;
  readonly before: SettingsFacts[Name];
  readonly after: SettingsFacts[Name];
}

/**
 * What the team set for itself, in groups, each with the form that changes it.
 *
 * @param about `unreachable`: ids of the channels in which the bot cannot post.
 */
export function settingsView(
  settings: SettingsFacts,
  about: { readonly saved: boolean; readonly unreachable: ReadonlySet<string> },
): View<'private'> {
  const { groups, title, saved } = settingsWords;
  return {
    visibility: 'private',
    tone: about.saved ? 'good' : 'neutral',
    blocks: [
      paragraph(about.saved ? lines([heading(title), saved]) : heading(title)),
      line(),
      group(groups.channels, channelsWords(settings, about.unreachable), 'settings channels'),
      line(),
      group(groups.reasons, reasonsWords(settings), 'settings reasons'),
      line(),
      group(groups.approvals, approvalsWords(settings), 'settings approvals'),
      line(),
      group(
        groups.undo,
        lines([settingsWords.undo(settings.undoMinutes), settingsWords.grace(settings.graceHours)]),
        'settings undo',
      ),
      line(),
      group(
        groups.members,
        lines([settingsWords.told(settings.memberNotices), settingsWords.alwaysTold]),
        'settings members',
      ),
      line(),
      group(groups.privacy, settingsWords.kept(settings.personalMonths), 'settings privacy'),
    ],
  };
}

/** `Undo: 15 minutes → 1 day` */
export function guardLine<Name extends GuardName>({ setting, before, after }: GuardChange<Name>): Text {
  const words: { readonly [Each in GuardName]: { name: Text; value(value: SettingsFacts[Each]): Text } } = guardWords;
  const { name, value } = words[setting];
  return text`${name}: ${value(before)} → ${value(after)}`;
}

function group(title: Text, words: Text, command: string): Block {
  const accessory = button(settingsWords.change, run(command, {}, 'form'));
  return { kind: 'section', text: lines([title, words]), accessory };
}

function channelsWords(settings: SettingsFacts, unreachable: ReadonlySet<string>): Text {
  const { auditChannelId, staffChannelIds, approvalsChannelId, alertRoleId } = settings;
  const { channelLabels, channel } = settingsWords;
  const posted = (id: string) => (unreachable.has(id) ? settingsWords.unreachable(channel(id)) : channel(id));
  return facts([
    [channelLabels.audit, auditChannelId === null ? settingsWords.noAuditChannel : posted(auditChannelId)],
    [
      channelLabels.staff,
      staffChannelIds.length === 0 ? settingsWords.noStaffChannels : join(staffChannelIds.map(channel), ' '),
    ],
    [
      channelLabels.approvals,
      approvalsChannelId === null ? settingsWords.noApprovalsChannel : posted(approvalsChannelId),
    ],
    [channelLabels.alerts, alertRoleId === null ? settingsWords.noAlertRole : settingsWords.alertRole(alertRoleId)],
  ]);
}

function reasonsWords({ reasons, repeatWindowMinutes }: SettingsFacts): Text {
  const shown = fitTexts(reasons, untrusted, REASON_LIMITS, REASONS_CHARACTERS);
  return lines([
    reasons.length === 0 ? settingsWords.noReasons : join(shown),
    settingsWords.repeats(repeatWindowMinutes),
  ]);
}

function approvalsWords({ approvers, approvalHours, approvalVerbs, approvalExempt }: SettingsFacts): Text {
  return lines([
    settingsWords.approvers(approvers, approvalHours),
    approvalVerbs.length === 0
      ? settingsWords.onlyOverLimits
      : settingsWords.alwaysAsked(approvalVerbs, approvalExempt),
  ]);
}
