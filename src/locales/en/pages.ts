import { moment, plain, type Text, text, untrusted } from '../text.ts';

/** Titles and empty states of what is read in pages. */
export const pageWords = {
  ledger: (account: Text): Text => text`Ledger of ${account}`,
  ledgerEmpty: text`No credits have moved here yet.`,
  outside: text`outside Steward`,
  balanceNow: (balance: Text): Text => text`Balance **${balance}**`,
  givenToday: (sum: Text): Text => text`Given in the last 24 hours: ${sum}`,
  credits: (account: Text): Text => text`Credits of ${account}`,
  history: (account: Text): Text => text`History of ${account}`,
  historyEmpty: text`Nothing was done to this account through Steward yet.`,
  list: (total: number): Text =>
    total > 1_000 ? text`More than 1 000 accounts` : total === 1 ? text`One account` : text`${total} accounts`,
  listEmpty: text`No account matches. Search by the beginning or a part of a username or a name, or by a whole e-mail address.`,
  openAccount: 'Open an account…',
  notes: (account: Text): Text => text`Notes on ${account}`,
  notesEmpty: text`Nobody has left a note yet.`,
  addNote: 'Add a note',
  withdraw: 'Withdraw',
  withdrawn: (by: Text, at: Date): Text => text`withdrawn by ${by} ${moment(at)}`,
  links: text`Links`,
  linksEmpty: text`There is no link.`,
  /** An account within a sentence, with its panel where there are several. */
  linkedAccount: (account: Text, panel: string | null): Text =>
    panel === null ? text`**${account}**` : text`**${account}** in **${untrusted(panel, 40)}**`,
  openCard: 'Open card',
  openCardIn: (panel: string): string => `Open card in ${plain(panel, 40)}`,
  linked: (member: Text, account: Text): Text => text`${member} is now linked to ${account}.`,
  linkedUnproven: text`Linked by staff: nothing proves that the account is theirs.`,
  keptAtPanel: (number: number): Text => text`The panel has it written down, too (#${number}).`,
  clearedAtPanel: (number: number): Text => text`The panel has it written down no more (#${number}).`,
  keptUnknown: (number: number): Text =>
    text`Whether the panel has written it down is not known yet: Steward finds out by itself (#${number}).`,
  notKept: (why: Text): Text => text`It could not be written down in the panel, and holds all the same. ${why}`,
  unlinked: (account: Text): Text => text`The link of ${account} is removed.`,
  audit: text`Audit log`,
  auditEmpty: text`Nothing was recorded that matches.`,
  chooseAccount: text`Several accounts match. Which one?`,
  choose: 'Choose an account…',
  choosePanel: text`You have an account in several panels. Which one?`,
  createWhere: text`In which panel?`,
  candidateDescription: (status: string, panel: string): string => `${status} · ${panel}`,
  notRead: 'Not read yet',
  notLinked: (panel: string | null): Text =>
    panel === null
      ? text`is not linked to an account.`
      : text`is not linked to an account in **${untrusted(panel, 40)}**.`,
  linkTo: 'Link to…',
  createAccount: 'Create account',
  nameInstead: text`Name the \`account\` instead, if you know it.`,
} as const;
