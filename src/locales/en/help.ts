import { type Text, text } from '../text.ts';

export const helpWords = {
  title: text`What you may do here`,
  intro: text`I look after the accounts of this community. This is what is yours to use:`,
  examples: text`**For example**`,
  whom: (owners: Text): Text => text`Is something missing? Ask ${owners}.`,
  whomUnknown: text`Is something missing? Ask whoever runs this community.`,
  groups: {
    user: text`Accounts`,
    credits: text`Credits`,
    limit: text`Server limits`,
    voucher: text`Vouchers`,
    link: text`Links`,
    undo: text`Take back`,
    operations: text`What was done`,
    audit: text`Record`,
    panel: text`Panels`,
    policy: text`Policy`,
    settings: text`Settings`,
    account: text`Your own account`,
    help: text`Help`,
  } as Readonly<Record<string, Text>>,
} as const;

/** What people may try, by the command that it takes; the first three that somebody may run are shown. */
export const helpExamples: readonly { readonly command: string; readonly example: Text }[] = [
  { command: 'credits add', example: text`Right-click a member, then *Apps*, then *Give credits*.` },
  {
    command: 'user view',
    example: text`\`/user view\` with a \`member\` opens their card, with all that you may do on it.`,
  },
  {
    command: 'user suspend',
    example: text`\`/user suspend\` with a \`member\` asks for the reason, and notes who did it and why.`,
  },
  { command: 'policy explain', example: text`\`/policy explain\` says why someone may or may not do something.` },
  { command: 'user list', example: text`\`/user list\` with a \`query\` finds accounts by the beginning of a name.` },
  { command: 'account view', example: text`\`/account view\` shows your own account, to you alone.` },
  { command: 'account credits', example: text`\`/account credits\` shows your balance and what moved it.` },
  { command: 'account history', example: text`\`/account history\` shows what was done to your account.` },
];
