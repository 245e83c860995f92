import type { InputProblem } from '../../domain/refusal.ts';
import { type Text, text, untrusted } from '../text.ts';

/** What services call a field, as people call it. Forms and commands name theirs by the label that they show. */
const fields: Readonly<Record<string, Text>> = {
  email: text`E-mail`,
  username: text`Username`,
  name: text`Name`,
  firstName: text`First name`,
  lastName: text`Last name`,
  language: text`Language`,
  role: text`Role`,
  credits: text`Credits`,
  reason: text`Reason`,
  text: text`Text`,
  panel: text`Panel`,
  to: text`To`,
  message: text`Link of a message`,
  permission: text`Permission`,
  auditChannelId: text`Audit channel`,
  staffChannelIds: text`Staff channels`,
  reasons: text`The team’s reasons`,
  repeatWindowMinutes: text`Repeat warning`,
  code: text`Code`,
  uses: text`Uses`,
  expires: text`Last day`,
};

/** A field's name for people; one that is not known here is shown as its owner calls it. */
export function fieldWords(field: string): Text {
  return fields[field] ?? untrusted(field, 45);
}

/** What panels want of these fields, where no bound of length says it. */
const malformed: Readonly<Record<string, Text>> = {
  email: text`this is not an e-mail address that the panel takes.`,
  username: text`this has characters that the panel does not take in usernames.`,
  language: text`this is no language code, such as \`en\` or \`pt_BR\`.`,
  to: text`the last day comes before the first.`,
  message: text`this is not the link of a message in a server. Discord’s menu of a message has *Copy Message Link*.`,
  code: text`this has characters that the panel does not take in codes.`,
  expires: text`this day is over.`,
};

/** What is wrong with a field; `detail` is a bound in characters, or says it in its own words. */
export function problemWords(problem: InputProblem, detail: string | null, field: string): Text {
  const bound = detail !== null && /^\d+$/.test(detail) ? untrusted(detail) : null;
  switch (problem) {
    case 'missing':
      return text`this is needed.`;
    case 'too_short':
      return bound === null ? text`this is too short.` : text`this is too short: at least ${bound} characters.`;
    case 'too_long':
      return bound === null ? text`this is too long.` : text`this is too long: at most ${bound} characters.`;
    case 'not_a_choice':
      return text`this is not one of the choices.`;
    case 'malformed':
      if (detail !== null && detail !== '') return untrusted(detail, 200);
      return malformed[field] ?? text`this is not written as it has to be.`;
  }
}

/** What a duration is to look like. */
export const durationProblem =
  'Write minutes, hours, days or weeks: 30m, 7d, 2w or 1d 12h. At least a minute, at most 365 days.';

const abilities: Readonly<Record<string, Text>> = {
  create: text`create accounts`,
  edit: text`edit accounts`,
  credits: text`keep credits`,
  suspension: text`suspend accounts`,
  deletion: text`delete accounts`,
  restoration: text`restore deleted accounts`,
  roles: text`change roles`,
  verification: text`mark e-mail addresses as verified`,
  receipts: text`tell what came of a change`,
  notifications: text`write to the owners of accounts`,
  password: text`set new passwords`,
  diagnosis: text`say why somebody cannot log in`,
  servers: text`show the servers of accounts`,
  'servers.suspension': text`suspend single servers`,
  serverLimit: text`limit how many servers an account may have`,
  vouchers: text`create vouchers`,
  payments: text`show payments`,
  discordLinks: text`say who is who on Discord`,
};

/** What a panel's ability is, to stand after "cannot". */
export function abilityWords(ability: string): Text {
  return abilities[ability] ?? text`do this`;
}
