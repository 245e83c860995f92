/** Every way in which a person can reach a command, made from its declaration: typed, completed, sent as a form, pressed, right-clicked. */
import { randomBytes } from 'node:crypto';
import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Interaction } from '../../sandbox/discord/interactions.ts';
import type { Person } from '../../sandbox/discord/person/person.ts';
import type { LocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import type { UserMenu } from '../../src/discord/command.ts';
import { type AnswerKind, customId, menuCustomId, menuValue } from '../../src/discord/custom-id.ts';
import { renderForm } from '../../src/discord/forms.ts';
import type { StoredAction } from '../../src/discord/intent.ts';
import type { Registered } from '../../src/discord/registered.ts';
import { saveComponents } from '../../src/services/components/save.ts';
import type { TestBot } from './bot.ts';
import { filledFields, type Named, SAMPLE_FILE, sampleOptions, typedOptions } from './samples.ts';
import { words } from './words.ts';

/** Where somebody is when they try. */
export type Place = 'guild' | 'dm';

export interface WayIn {
  readonly name: string;
  /** It is answered with choices instead of words. */
  readonly completes?: true;
  /** What the person reads as the answer, or the choices that they are offered. */
  go(person: Person, named: Named, place: Place): Promise<string>;
}

/** Every way into one command. */
export function waysInto(bot: TestBot, registered: Registered, menus: readonly UserMenu[]): readonly WayIn[] {
  const { name, scope } = registered.command;
  const typed = scope === 'internal' ? [] : [...slashWays(registered), ...completions(registered)];
  const clicked = menus
    .filter(({ command }) => command === name)
    .map(
      (menu): WayIn => ({
        name: `“${menu.name}” in the menu of a member`,
        go: async (person, { member }, place) => words(await person.userCommand(menu.name, member, at(place))),
      }),
    );
  return [...typed, ...clicked, formWay(bot, registered), ...pressWays(bot, registered)];
}

/** Brings staff's commands where Discord would not show them: an old registration that was never taken back does the same. */
export function offerEverywhere(discord: LocalDiscord): void {
  const { commands } = discord.state;
  for (const { guild_id, ...command } of commands.in('guild')) {
    commands.put('global', { ...command, contexts: [0, 1], default_member_permissions: null } as never);
  }
}

function slashWays(registered: Registered): WayIn[] {
  const { name } = registered.command;
  const typing = (way: string, without: readonly string[]): WayIn => ({
    name: way,
    go: async (person, named, place) =>
      words(await person.command(name, typedOptions(registered, named, without), at(place))),
  });
  const all = Object.keys(registered.options);
  return [
    typing('typed with all options, the account by its name', registered.target.includes('member') ? ['member'] : []),
    ...(registered.target.includes('member')
      ? [typing('typed with all options, the account by its member', ['account'])]
      : []),
    typing('typed without options', all),
  ];
}

function completions(registered: Registered): WayIn[] {
  return Object.entries(registered.options)
    .filter(([, option]) => option.complete && option.type !== 'hidden' && option.only !== 'form')
    .map(([option]) => ({
      name: `completion of ${option}`,
      completes: true,
      async go(person, named, place) {
        const typed = option === 'account' ? named.account.slice(0, 4) : '';
        const choices = await person.autocomplete(registered.command.name, { [option]: typed }, option, at(place));
        return JSON.stringify(choices);
      },
    }));
}

/** A form as it lies open before somebody who could once open it. */
function formWay(bot: TestBot, registered: Registered): WayIn {
  return {
    name: 'a form that was open already',
    async go(person, named, place) {
      const hidden = Object.entries(registered.options).filter(([, option]) => option.type === 'hidden');
      const carried = sampleOptions(registered, named, registered.asks);
      const options = Object.fromEntries(
        Object.entries(carried).filter(([name]) => hidden.some(([each]) => each === name)),
      );
      const action = { command: registered.command.name, options, answer: 'private', asked: registered.asks } as const;
      const key = await store(bot, person, [action]);
      const form = renderForm(registered, registered.asks, {}, null, customId({ answer: 'private', key, index: 0 }));
      const channelId = channelOf(bot.discord, person, place);
      const openedBy = { channelId, answerType: 20 } as unknown as Interaction;
      return words(await person.submit({ form, openedBy }, filledFields(registered, named), { files: [SAMPLE_FILE] }));
    },
  };
}

const ANSWERS: readonly AnswerKind[] = ['private', 'public', 'update', 'form'];

/** Buttons, a select and a menu under a message, as if they were shown when the person could still be shown them. */
function pressWays(bot: TestBot, registered: Registered): WayIn[] {
  const show = async (person: Person, named: Named, place: Place) => {
    const options = sampleOptions(registered, named, registered.target.includes('member') ? ['member'] : []);
    const actions = [...ANSWERS, 'private' as const].map((answer, index): StoredAction => {
      const action = { command: registered.command.name, options, answer };
      return index === ANSWERS.length ? { ...action, fill: 'account' } : action;
    });
    const key = await store(bot, person, actions);
    return post(bot.discord, channelOf(bot.discord, person, place), components(key, named));
  };
  const press = (label: string): WayIn => ({
    name: `a button that is answered so: ${label}`,
    go: async (person, named, place) => words(await person.press(await show(person, named, place), label)),
  });
  return [
    ...ANSWERS.map(press),
    {
      name: 'a choice in a select',
      go: async (person, named, place) =>
        words(await person.select(await show(person, named, place), 'select', [named.account])),
    },
    {
      name: 'an entry of a menu',
      go: async (person, named, place) =>
        words(await person.select(await show(person, named, place), 'menu', [menuValue('private', 0)])),
    },
  ];
}

function components(key: string, { account }: Named): APIMessageTopLevelComponent[] {
  const entries = ANSWERS.map((answer, index) => ({ label: answer, value: menuValue(answer, index) }));
  return [
    {
      type: ComponentType.ActionRow,
      components: ANSWERS.map((answer, index) => ({
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: answer,
        custom_id: customId({ answer, key, index }),
      })),
    },
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          placeholder: 'select',
          custom_id: customId({ answer: 'private', key, index: ANSWERS.length }),
          options: [{ label: 'that one', value: account }],
        },
      ],
    },
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.StringSelect, placeholder: 'menu', custom_id: menuCustomId(key, 0), options: entries },
      ],
    },
  ];
}

async function store({ services }: TestBot, person: Person, actions: readonly StoredAction[]): Promise<string> {
  const key = randomBytes(16).toString('base64url');
  const audience = { kind: 'user', userId: person.id } as const;
  await saveComponents(services, { key, audience, actions, origin: key });
  return key;
}

async function post(
  discord: LocalDiscord,
  channelId: string,
  parts: APIMessageTopLevelComponent[],
): Promise<APIMessage> {
  const response = await fetch(`${discord.apiUrl}/v10/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ flags: MessageFlags.IsComponentsV2, components: parts }),
  });
  if (!response.ok) throw new Error(`the message was refused: ${await response.text()}`);
  return (await response.json()) as APIMessage;
}

function channelOf(discord: LocalDiscord, person: Person, place: Place): string {
  if (place === 'guild') return CHANNEL_IDS.general;
  return discord.state.directChannelOf(person.id, discord.state.botId).id;
}

function at(place: Place) {
  const where = place === 'dm' ? { dm: true } : { channelId: CHANNEL_IDS.general, evenIfHidden: true };
  return { ...where, files: [SAMPLE_FILE] };
}
