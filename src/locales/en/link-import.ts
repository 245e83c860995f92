/** Words about taking over the links that a panel holds. */
import { count, moment, type Text, text, untrusted } from '../text.ts';

const accounts = (number: number): Text => (number === 1 ? text`1 account` : text`${count(number)} accounts`);

export const importWords = {
  title: (panel: string): Text => text`Links that ${untrusted(panel, 40)} holds`,
  proven: text`The members have proven to the panel whose account it is: the links count as proven.`,
  unproven: text`Somebody has written them down at the panel: the links count as set by staff, unproven.`,
  read: (at: Date): Text => text`As the panel was read ${moment(at)}`,
  unread: text`The panel was not read through yet, so there may be more.`,
  absentLater: text`Whoever is not in this server is left out.`,
  nothing: text`There is nothing to import.`,
  found: {
    free: (number: number): Text => text`**${accounts(number)}** would be linked`,
    linked: (number: number): Text => text`${accounts(number)} linked already`,
    own: (number: number): Text => text`${accounts(number)} left out: your own, which somebody else has to link`,
    account_taken: (number: number): Text => text`${accounts(number)} left out: linked to another member`,
    member_taken: (number: number): Text =>
      text`${accounts(number)} left out: their member is linked to another account`,
    shared: (number: number): Text => text`${accounts(number)} left out: the panel holds the same member for several`,
    removed: (number: number): Text => text`${accounts(number)} left out: this link was removed before`,
    protected: (number: number): Text => text`${accounts(number)} left out: they administer the panel`,
  },
  absent: (number: number): Text => text`${accounts(number)} left out: their member is not in this server`,
  linked: (number: number): Text => text`**${accounts(number)}** linked`,
  such: (named: Text): Text => text`such as ${named}`,
  start: 'Import',
  goOn: 'Go on',
  more: text`There are more.`,
} as const;
