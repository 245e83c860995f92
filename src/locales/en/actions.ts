/** The commands that a card offers, with the words on their buttons: at most 80 characters, a verb first where it acts. */
export const cardActionLabels = {
  'credits add': 'Give credits',
  'user unsuspend': 'Lift suspension',
  'user suspend': 'Suspend',
  'user restore': 'Restore',
  'user edit': 'Edit',
  'user note': 'Notes',
  'user history': 'History',
  'credits history': 'Ledger',
  'user reveal': 'Reveal e-mail',
  'user show': 'Show here',
  'user servers': 'Servers',
  'credits remove': 'Take credits',
  'credits set': 'Set balance',
  'user notify': 'Write to them…',
  'user role': 'Change role',
  'user verify': 'Mark e-mail as verified',
  'user password': 'New password…',
  'user diagnose': 'Cannot log in?',
  'limit set': 'Server limit…',
  'user payments': 'Payments',
  'link set': 'Link to a member…',
  'link remove': 'Remove link',
  'user delete': 'Delete…',
} as const;

/** In place of *Restore*, while a deletion is scheduled. */
export const keepLabel = 'Keep account';

export type CardAction = keyof typeof cardActionLabels;
