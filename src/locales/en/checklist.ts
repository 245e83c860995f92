import { type Text, text, untrusted } from '../text.ts';

export const checklistWords = {
  title: text`Welcome. This makes Steward ready for your team:`,
  owner: text`You are an owner, so everything works for you already.`,
  grants: [text`A role of your team may act`, text`Give your moderators’ role the preset *Moderator*.`],
  auditChannel: [text`Changes are posted to an audit channel`, text`Choose the channel.`],
  staffChannel: [text`A channel is marked as staff’s`, text`Choose where outcomes may be public.`],
  linked: [
    text`You are linked to your own account`,
    text`Someone else of the team does this with \`/link set\`; it can wait.`,
  ],
  panelReached: (panel: string): Text => text`**${untrusted(panel, 40)}** is reached`,
  panelMissed: (panel: string): Text => text`**${untrusted(panel, 40)}** is not reached`,
  panelProblem: text`Look at its address and key in \`.env\`; \`/panel status\` says what is wrong.`,
  grant: 'Give a role its rights…',
  channels: 'Choose the channels…',
  done: '✅',
  open: '⬜',
} as const;
