import { channelMention, mention, type Text, text } from '../text.ts';

/** Above and in answers that came too late to be answers. */
export const lateWords = {
  direct: (channelId: string | null): Text =>
    channelId === null
      ? text`What you asked for took too long for an answer there. This is what came of it:`
      : text`What you asked for in ${channelMention(channelId)} took too long for an answer there. This is what came of it:`,
  inChannel: (userId: string): Text => text`For ${mention(userId)}, too late for an answer:`,
  secret: text`**It came too late to be shown**, and it is not for any other place. Please ask again.`,
} as const;
