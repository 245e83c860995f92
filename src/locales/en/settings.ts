import { type Text, text } from '../text.ts';

export const settingsWords = {
  title: text`Settings`,
  auditChannel: text`**Audit channel** – every change is posted here`,
  staffChannels: text`**Staff channels** – outcomes are public here, without what is personal`,
  reasons: text`**The team’s reasons** – offered wherever a reason is asked`,
  window: text`**Repeat warning** – the same amount on the same account within this time asks first`,
  none: text`none yet`,
  minutes: (minutes: number): Text =>
    minutes === 0 ? text`off` : minutes === 1 ? text`one minute` : text`${minutes} minutes`,
  change: 'Change…',
  changed: text`**The settings are saved.**`,
} as const;
