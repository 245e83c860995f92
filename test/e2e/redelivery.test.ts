/**
 * Discord may deliver an interaction again, and a second process of the bot gets each one as well. Every change is made once in calm, by one
 * process, and then once more on another account with each interaction delivered again at once to two processes: what becomes of
 * the world, and what the person reads, must be the same.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import type { FieldValue } from '../../sandbox/discord/person/form-input.ts';
import type { OptionValues } from '../../sandbox/discord/person/person.ts';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import type { Account } from '../../src/domain/account.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startBot } from '../harness/bot.ts';
import { fingerprint, grown } from '../harness/records.ts';
import type { RunBotOptions, RunningBot } from '../harness/run-bot.ts';

const bot = await startBot({ catalogue });
const { discord, store, panel } = bot;
await bot.give({ role: 'helper', preset: 'helper' });
await bot.set('reasons', ['Power cut', 'Chargeback']);
const processes: RunningBot[] = [bot];

const ada = discord.as(USER_IDS.ada);
const somewhere = { channelId: CHANNEL_IDS.staff, until: 'acknowledged' } as const;

/** One thing done by hand, on an account and with a member of its own: what was said last. */
interface Deed {
  readonly account: Account;
  /** Linked to nothing when first asked for. */
  readonly member: string;
  /** One interaction, answered by every process. */
  by(start: Promise<Answer>): Promise<Answer>;
}

interface Change {
  readonly name: string;
  /** What is there before; not part of what is compared. */
  readonly before?: (deed: Deed) => Promise<unknown>;
  readonly make: (deed: Deed) => Promise<Answer>;
}

const slash = (name: string, options: (deed: Deed) => OptionValues) => (deed: Deed) =>
  deed.by(ada.command(name, options(deed), somewhere));

const on =
  (more: OptionValues = {}) =>
  ({ account }: Deed): OptionValues => ({ account: `test/${account.id}`, ...more });

/** Opens the form of a command by leaving out what it needs, and sends it. */
const form =
  (name: string, values: Record<string, FieldValue>, options = on()) =>
  async (deed: Deed) => {
    const opened = await slash(name, options)(deed);
    return deed.by(ada.submit(opened.form, values, somewhere));
  };

/** Presses on the account's card; `values` fill in the form that a press may open. */
const pressed = (label: string, values?: Record<string, FieldValue>) => async (deed: Deed) => {
  const answer = await deed.by(ada.press(shown(await slash('user view', on())(deed)), label, somewhere));
  return values ? deed.by(ada.submit(answer.form, values, somewhere)) : answer;
};

const fromMenu = (entry: string, values?: Record<string, FieldValue>) => async (deed: Deed) => {
  const card = shown(await slash('user view', on())(deed));
  const answer = await deed.by(ada.select(card, 'More…', [entryNamed(card, entry)], somewhere));
  return values ? deed.by(ada.submit(answer.form, values, somewhere)) : answer;
};

const rightClicked = (name: string, values: Record<string, FieldValue>) => async (deed: Deed) => {
  const opened = await deed.by(ada.userCommand(name, deed.member, somewhere));
  return deed.by(ada.submit(opened.form, values, somewhere));
};

const credits = { amount: '50', reason: 'Power cut' };
/** Linked by somebody else: one's own links keep one from giving credits for a while. */
const linked = ({ account, member }: Deed) => store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${account.id}, ${member}, 'code', 'test')`;
const link = slash('link set', (deed) => ({ ...on()(deed), member: deed.member }));
const grant = { who: ROLE_IDS.moderator, permission: 'accounts.view' };

const confirmed = async (deed: Deed) => {
  const preview = await slash('user delete', on({ reason: 'Asked for it' }))(deed);
  const opened = await deed.by(ada.press(shown(preview), 'Delete…', somewhere));
  return deed.by(ada.submit(opened.form, { username: deed.account.username }, somewhere));
};

const CHANGES: readonly Change[] = [
  { name: 'credits add, typed', make: slash('credits add', on(credits)) },
  { name: 'credits add, in a form', make: form('credits add', { amount: '50', reason: 'Power cut' }) },
  { name: 'credits add, from the card', make: pressed('Give credits', { amount: '50', reason: 'Power cut' }) },
  { name: 'credits add, from the menu of a member', before: linked, make: rightClicked('Give credits', credits) },
  {
    name: 'credits add, confirmed after a question',
    before: slash('credits add', on(credits)),
    make: async (deed) => {
      const asked = await slash('credits add', on(credits))(deed);
      return deed.by(ada.press(shown(asked), 'Do it anyway', somewhere));
    },
  },
  {
    name: 'credits add, left after a question',
    before: slash('credits add', on(credits)),
    make: async (deed) => {
      const asked = await slash('credits add', on(credits))(deed);
      return deed.by(ada.press(shown(asked), 'Leave it', somewhere));
    },
  },
  { name: 'credits remove, typed', make: slash('credits remove', on(credits)) },
  { name: 'credits remove, from More…', make: fromMenu('Take credits', credits) },
  { name: 'credits set, typed', make: slash('credits set', on(credits)) },
  { name: 'user suspend, typed', make: slash('user suspend', on({ reason: 'Chargeback' })) },
  {
    name: 'user suspend, from the menu of a member',
    before: linked,
    make: rightClicked('Suspend account', { 'reason.choice': ['Chargeback'] }),
  },
  {
    name: 'user unsuspend, pressed',
    before: slash('user suspend', on({ reason: 'Chargeback' })),
    make: pressed('Lift suspension'),
  },
  { name: 'user edit, in a form', before: slash('user view', on()), make: form('user edit', { name: 'Another Name' }) },
  { name: 'user role, typed', make: slash('user role', on({ change: 'add', role: 'partner' })) },
  { name: 'user verify, from More…', make: fromMenu('Mark e-mail as verified') },
  { name: 'user delete, confirmed', make: confirmed },
  { name: 'user restore, typed', before: confirmed, make: slash('user restore', on()) },
  {
    name: 'user create, typed',
    make: slash('user create', ({ account, member }) => ({
      email: `new-${account.username}@example.com`,
      username: `new-${account.username}`,
      credits: '5',
      member,
    })),
  },
  {
    name: 'user note, typed',
    before: slash('user view', on()),
    make: slash('user note', on({ text: 'Called about the bill' })),
  },
  {
    name: 'a note withdrawn',
    before: slash('user view', on()),
    make: async (deed) => {
      const notes = await slash('user note', on({ text: 'Mistaken' }))(deed);
      return deed.by(ada.press(shown(notes), 'Withdraw', somewhere));
    },
  },
  { name: 'link set, typed', make: link },
  { name: 'link remove, typed', before: linked, make: slash('link remove', on()) },
  { name: 'link remove, from More…', before: linked, make: fromMenu('Remove link') },
  { name: 'an e-mail revealed', make: pressed('Reveal e-mail') },
  { name: 'policy grant, typed', make: slash('policy grant', ({ member }) => ({ ...grant, who: member })) },
  {
    name: 'policy revoke, typed',
    before: slash('policy grant', ({ member }) => ({ ...grant, who: member })),
    make: slash('policy revoke', ({ member }) => ({ who: member })),
  },
  {
    name: 'settings, in a form',
    make: async (deed) => {
      const settings = await deed.by(ada.command('settings', {}, somewhere));
      const opened = await deed.by(ada.press(shown(settings), 'Change…', somewhere));
      return deed.by(ada.submit(opened.form, { reasons: `Reason of ${deed.account.username}` }, somewhere));
    },
  },
];

/** Who is linked to nothing yet. */
const members = Object.values(USER_IDS).filter((id) => id !== USER_IDS.ada);

function shown({ message }: Answer): APIMessage {
  if (!message) throw new Error('there is no message to press on');
  return message;
}

/** The value behind an entry of *More…*. */
function entryNamed(message: APIMessage, label: string): string {
  const found = JSON.stringify(message.components).match(
    new RegExp(`"label":"${label}[^"]*","value":"([^"]+)"|"value":"([^"]+)","label":"${label}`),
  );
  const value = found?.[1] ?? found?.[2];
  if (!value) throw new Error(`there is no entry “${label}”`);
  return value;
}

interface Done {
  readonly grown: Readonly<Record<string, number>>;
  readonly effects: readonly string[];
  readonly says: string;
}

/** Every interaction there was, and what was read in answer to those that changed something. */
const delivered: string[] = [];
const answered: { readonly name: string; readonly answer: Answer; readonly says: string }[] = [];
let deeds = 0;

const withoutMoments = (said: string) => said.replace(/<t:[^>]+>/g, '·');
/** What an answer says first: below it may stand how things are by now. */
const opening = (said: string) => said.split('\n').slice(0, 2);
const read = ({ messages }: Answer) => withoutMoments(messages.map(textOf).join('\n---\n'));

/** What is stored, apart from what was merely seen. */
async function records() {
  const { directory: _, ...kept } = await fingerprint(store);
  return kept;
}

function deedOn(account: Account, by: Deed['by']): Deed {
  let member: string | undefined;
  return {
    account,
    by,
    get member() {
      member ??= members.pop();
      if (!member) throw new Error('everybody is linked already');
      return member;
    },
  };
}

/** Waits until every process has taken so many interactions more. */
async function taken(more: number, before: readonly number[]): Promise<void> {
  const counts = () => processes.map(({ observations }) => observations.length);
  const expected = before.map((count) => count + more);
  await vi.waitFor(() => expect(counts()).toEqual(expected), { interval: 2, timeout: 10_000 });
}

/** Makes a change; `again`: each interaction is delivered once more before it is answered, and once after. */
async function run({ name, before, make }: Change, { again }: { again: boolean }): Promise<Done> {
  deeds += 1;
  const username = `customer-${deeds}`;
  const account = panel.add({ email: `${username}@example.com`, username, balanceMinor: 120_000n });
  const by = async (start: Promise<Answer>) => {
    const counts = processes.map(({ observations }) => observations.length);
    const answer = await start;
    if (again) discord.redeliver(answer.interactionId);
    await answer.settled;
    await taken(1, counts);
    if (again) discord.redeliver(answer.interactionId);
    delivered.push(answer.interactionId);
    return answer;
  };
  const deed = deedOn(account, by);
  await before?.(deed);
  const world = await records();
  const effects = panel.journal.length;
  const answer = await make(deed);
  const says = read(answer);
  const changed = grown(world, await records());
  if ('audit' in changed) answered.push({ name, answer, says });
  return {
    grown: changed,
    effects: panel.journal.slice(effects).map(({ action, step, deltaMinor }) => `${action} ${step} ${deltaMinor}`),
    says: says
      .replaceAll(username, 'NAME')
      .replaceAll(/<@\d+>/g, '@')
      .replace(/#\d+/g, '#'),
  };
}

async function startAnother(options: Partial<RunBotOptions> = {}): Promise<void> {
  processes.push(await bot.another(options));
}

async function stopLast(): Promise<void> {
  await processes.pop()?.stop();
}

const calm = new Map<string, Done>();

describe('in calm', () => {
  test.each(CHANGES)('$name is done and recorded', async (change) => {
    const done = await run(change, { again: false });
    expect(done.grown).not.toEqual({});
    calm.set(change.name, done);
  });
});

describe('delivered again, to two processes', () => {
  beforeAll(() => startAnother());
  afterAll(stopLast);

  test.each(CHANGES)('$name acts once', async (change) => {
    expect(await run(change, { again: true })).toEqual(calm.get(change.name));
  });
});

describe('delivered again, to a second process that is behind', () => {
  beforeAll(() => startAnother({ at: async (point) => void (point === 'intent:before' && (await delay(25))) }));
  afterAll(stopLast);

  test.each(CHANGES)('$name acts once', async (change) => {
    expect(await run(change, { again: true })).toEqual(calm.get(change.name));
  });
});

test('all of it, delivered again after a restart, changes nothing and reads as it did', async () => {
  await bot.stop();
  processes.length = 0;
  await startAnother();
  const before = await records();
  const effects = panel.journal.length;
  for (const id of delivered) discord.redeliver(id);
  await taken(delivered.length, [0]);
  expect(await records()).toEqual(before);
  expect(panel.journal).toHaveLength(effects);
  const nowSaid = answered.map(({ name, answer }) => [name, opening(read(answer))]);
  expect(nowSaid).toEqual(answered.map(({ name, says }) => [name, opening(says)]));
  expect(discord.violations).toEqual([]);
});
