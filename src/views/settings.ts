import { settingsWords } from '../locales/en/settings.ts';
import { channelMention, join, type Text, text, untrusted } from '../locales/text.ts';
import { button, buttonRows, heading, lines, paragraph, run } from './parts.ts';
import type { View } from './view.ts';

export interface SettingsFacts {
  readonly auditChannelId: string | null;
  readonly staffChannelIds: readonly string[];
  readonly reasons: readonly string[];
  readonly repeatWindowMinutes: number;
}

/** What the team set for itself, with the form that changes it. */
export function settingsView(settings: SettingsFacts, saved: boolean): View<'private'> {
  const { auditChannelId, staffChannelIds, reasons, repeatWindowMinutes } = settings;
  const entry = (title: Text, value: Text | null) => paragraph(lines([title, value ?? text`*${settingsWords.none}*`]));
  return {
    visibility: 'private',
    tone: saved ? 'good' : 'neutral',
    blocks: [
      paragraph(saved ? lines([heading(settingsWords.title), settingsWords.changed]) : heading(settingsWords.title)),
      entry(settingsWords.auditChannel, auditChannelId === null ? null : channelMention(auditChannelId)),
      entry(settingsWords.staffChannels, joined(staffChannelIds.map(channelMention), ' ')),
      entry(
        settingsWords.reasons,
        joined(
          reasons.map((reason) => untrusted(reason, 24)),
          ' · ',
        ),
      ),
      entry(settingsWords.window, settingsWords.minutes(repeatWindowMinutes)),
      ...buttonRows([button(settingsWords.change, run('settings change', {}, 'form'), 'primary')]),
    ],
  };
}

function joined(parts: readonly Text[], separator: string): Text | null {
  return parts.length === 0 ? null : join(parts, separator);
}
