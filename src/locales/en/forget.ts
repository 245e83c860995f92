import { count, join, type Text, text } from '../text.ts';

export const forgetWords = {
  title: text`Forget what Steward keeps about you?`,
  goes: text`**This goes, for good:**`,
  going: [
    text`- e-mail addresses and names, yours and of your accounts, in the record of what was done`,
    text`- what panels said of you there, and what the team wrote to you`,
    text`- whether you want to be told of things: you will be, as at first`,
    text`- a new password that waits for you to look at it`,
  ],
  stays: text`**This stays:**`,
  staying: [
    text`- your accounts in the panel, and that they are yours: ask the team if you want them deleted`,
    text`- what was done to them, when, by whom and why, and how credits moved, under numbers instead of names`,
    text`- notes and reasons that the team wrote, and files that it added`,
    text`- messages in Discord`,
  ],
  next: text`What was done in the last two days, or has not ended yet, can still be taken back: there it goes once that is over.`,
  button: 'Forget it',
  leave: 'Leave it',
  done: (rows: number, operations: number): Text =>
    rows + operations === 0
      ? text`**Nothing was left to forget.**`
      : text`**Forgotten**: what was personal in ${join(
          [
            rows === 0 ? null : rows === 1 ? text`one entry of the record` : text`${count(rows)} entries of the record`,
            operations === 0 ? null : operations === 1 ? text`one operation` : text`${count(operations)} operations`,
          ],
          ' and ',
        )}.`,
  later: (operations: number): Text =>
    operations === 1
      ? text`One more operation follows when it is over.`
      : text`${count(operations)} more operations follow when they are over.`,
} as const;
