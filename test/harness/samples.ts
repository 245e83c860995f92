/** One value for every option of every command, so that tests made from the registry can fill in whatever it asks. */

import type { FieldValue } from '../../sandbox/discord/person/form-input.ts';
import type { PickedFile } from '../../sandbox/protocol.ts';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import type { Option } from '../../src/discord/command.ts';
import type { Registered } from '../../src/discord/registered.ts';
import type { OptionValue, OptionValues } from '../../src/views/view.ts';

/** The account and the member that a command is to be about. */
export interface Named {
  readonly account: string;
  readonly member: string;
}

/** A file to send along, which options and fields name by its id. */
export const SAMPLE_FILE: PickedFile = {
  id: 'sample',
  name: 'sample.txt',
  contentType: 'text/plain',
  data: Buffer.from('A sample').toString('base64'),
};

const TEXTS: Readonly<Record<string, string>> = {
  amount: '5',
  credits: '5',
  count: '2',
  uses: '3',
  expires: '2099-12-31',
  code: 'CODE-1',
  duration: '7d',
  per_act: '5',
  per_day: '50',
  email: 'newcomer@example.com',
  username: 'newcomer',
  role: 'partner',
  permission: 'accounts.view',
  from: '2026-01-01',
  to: '2026-12-31',
  window: '10',
  hours: '24',
  grace: '72',
  months: '24',
  expected: '{}',
  note: '1',
  grant: '1',
  page: '0',
  cursor: '',
  head: `1-${'a'.repeat(64)}`,
  operation: '1000',
  message: 'https://discord.com/channels/900000000000000001/900000000000000002/900000000000000003',
};

/** A value as the command gets it. */
function sampleValue(name: string, option: Option, { account, member }: Named): OptionValue {
  if (name === 'account') return account;
  switch (option.type) {
    case 'user':
      return member;
    case 'role':
      return ROLE_IDS.helper;
    case 'subject':
      return `role:${ROLE_IDS.helper}`;
    case 'channel':
      return CHANNEL_IDS.staffAudit;
    case 'boolean':
      return true;
    case 'attachment':
      return JSON.stringify({
        name: SAMPLE_FILE.name,
        sizeBytes: 8,
        url: 'https://cdn.discordapp.com/attachments/1/2/sample.txt',
      });
    case 'choice':
      return option.choices?.[0]?.value ?? '';
    case 'text':
    case 'hidden':
      return TEXTS[name] ?? 'A sample';
  }
}

/** Every option of a command with a value, except those left out. */
export function sampleOptions(registered: Registered, named: Named, without: readonly string[] = []): OptionValues {
  const given = Object.entries(registered.options).filter(([name]) => !without.includes(name));
  return Object.fromEntries(given.map(([name, option]) => [name, sampleValue(name, option, named)]));
}

/** The same value as a person types or picks it after a slash. */
export function typedOptions(registered: Registered, named: Named, without: readonly string[] = []): OptionValues {
  const typed = Object.entries(sampleOptions(registered, named, without)).filter(([name]) => {
    const option = registered.options[name];
    return option && option.type !== 'hidden' && option.only !== 'form';
  });
  return Object.fromEntries(typed.map(([name, value]) => [name, idBehind(registered.options[name]) ?? value]));
}

/** What Discord's client sends for options whose values say more than an id. */
function idBehind(option: Option | undefined): string | null {
  if (option?.type === 'subject') return ROLE_IDS.helper;
  return option?.type === 'attachment' ? SAMPLE_FILE.id : null;
}

/** The same value as a person fills it into a form. */
export function filledFields(registered: Registered, named: Named): Record<string, FieldValue> {
  return Object.fromEntries(
    registered.asks.map((name) => {
      const option = registered.options[name];
      if (!option) throw new Error(`${registered.command.name} asks for ${name}, which it does not have`);
      const value = sampleValue(name, option, named);
      if (option.type === 'text') return [name, String(value)];
      if (option.type === 'boolean') return [name, value === true];
      return [name, [idBehind(option) ?? String(value)]];
    }),
  );
}
