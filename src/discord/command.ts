/**
 * How a command is declared. One declaration feeds everything: Discord's payload, autocomplete, the form that asks for what is
 * missing, the checks of what came back, the policy matrix, the docs and the help.
 */
import type { z } from 'zod';
import type { AccountReference } from '../domain/account.ts';
import type { Permission } from '../domain/permission.ts';
import type { Text } from '../locales/text.ts';
import type { Ability, FieldName } from '../panels/panel.ts';
import type { Context } from '../services/context.ts';
import type { OptionValue, OptionValues, View } from '../views/view.ts';

/** A choice as Discord shows it: `name` is plain text of at most 100 characters. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What a person gives to a command: typed after a slash, asked in a form, or carried by a button. */
export interface Option<Value = unknown> {
  /**
   * `subject` is a user or a role; its value is `user:<id>` or `role:<id>`. An `attachment` is a file; its value says as
   * JSON what it is called, how large it is and where it lies.
   * `hidden` ones are carried by buttons and forms only and never shown.
   */
  readonly type: 'text' | 'user' | 'role' | 'channel' | 'subject' | 'choice' | 'boolean' | 'attachment' | 'hidden';
  readonly description: string;
  /** The field's label in a form, at most 45 characters. */
  readonly label: string;
  /** Reads what came; a zod issue becomes a sentence about this field. `undefined` comes where it was not given. */
  readonly schema: z.ZodType<Value>;
  /** The command cannot run without it: a form asks for it. */
  readonly required: boolean;
  /** In a form this is asked too, though it is not required. */
  readonly offered?: boolean;
  readonly choices?: readonly Choice[];
  /** Asked in forms only: the slash command has no such option. */
  readonly only?: 'form';
  /** A form takes up to 25 channels, or any of the choices; the value is their ids or values, joined by commas. */
  readonly several?: true;
  /** A text for which a form offers the choices of its prefill in a select above the text; what is typed wins. */
  readonly suggested?: true;
  /** The slash command has it only where more than one panel is connected. */
  readonly severalPanels?: true;
  /** A value of accounts: the command has it only where some connected panel has such a field. */
  readonly field?: FieldName;
  /** A form shows several lines. */
  readonly paragraph?: boolean;
  readonly placeholder?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Completes what is being typed, from memory and at most one short query. */
  readonly complete?: (ctx: Context, typed: string, others: OptionValues) => Promise<readonly Choice[]>;
}

export type Options = Readonly<Record<string, Option>>;

export type InputOf<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

/** One run of one command. */
export interface Request {
  readonly command: string;
  readonly ctx: Context;
  /** The options as they came, before they were read: what buttons that run this again carry. */
  readonly given: OptionValues;
  readonly place: { readonly kind: 'guild' | 'dm'; readonly channelId: string; readonly staff: boolean };
  readonly interactionId: string;
  /** The account concerned, for commands that have one. */
  readonly target: AccountReference | null;
}

/** What a form shows before the person types: values by option name, and one line above. Values of hidden options are carried. */
export interface Prefill {
  readonly values: Readonly<Record<string, OptionValue>>;
  readonly heading?: Text;
  /** Name of the account that the form is about, for its title where there is no room for the heading. */
  readonly about?: string;
  /** Names of the options that this form asks, in order; absent: all that are required or offered and not given. */
  readonly fields?: readonly string[];
  /** Choices of an option that are known only now (the team's reasons, a panel's roles). */
  readonly choices?: Readonly<Record<string, readonly Choice[]>>;
}

/**
 * What a command answers that takes long and goes on by itself: each view that it yields shows how far it has come, what it returns is the
 * answer. It may be left alone at any view, so that each says where one can look further.
 */
export type Progress = AsyncGenerator<View, View, undefined>;

export interface Command<Declared extends Options = Options> {
  /**
   * The command acts on one account: it gets the options `member` and `account`, resolved before it runs. One that declares `member`
   * itself means somebody by it, and its account is named by `account` alone. `optional`: it runs without an account, too.
   */
  readonly target?: boolean | 'optional';
  /** `user suspend`, or one word for a command without subcommands. */
  readonly name: string;
  /** Begins with the verb. */
  readonly description: string;
  /** Null: every member may, about themselves. */
  readonly permission: Permission | null;
  /** What the panel must be able to do; null where no panel is concerned. */
  readonly ability: Ability | null;
  /** `staff` in the served guilds only; `member` there and in DMs; `internal` is reached by buttons only. */
  readonly scope: 'staff' | 'member' | 'internal';
  /** `outcome`: public in channels marked as staff's, else private. */
  readonly answer: 'private' | 'outcome';
  readonly options: Declared;
  /** Title of the form, at most 45 characters. */
  readonly formTitle?: string;
  /** Values of the form before it is shown: memory and at most one query. A view instead of values is shown in its place. */
  readonly prefill?: (request: Request) => Promise<Prefill | View>;
  run(request: Request, input: InputOf<Declared>): Promise<View> | Progress;
}

/** An entry of the menu that opens with a right-click on a user: it runs a command with that user as its `member`. */
export interface UserMenu {
  /** As Discord shows it, at most 32 characters. */
  readonly name: string;
  readonly command: string;
}

/** Declares a command with its input's type taken from its options. */
export function command<Declared extends Options>(declared: Command<Declared>): Command<Declared> {
  return declared;
}

/** As {@link command}, for one that acts on an account: `request.target` is that account. */
export function accountCommand<Declared extends Options>(
  declared: Omit<Command<Declared>, 'run' | 'target'> & {
    run(request: Request & { readonly target: AccountReference }, input: InputOf<Declared>): Promise<View>;
  },
): Command<Declared> {
  return {
    ...declared,
    target: true,
    run: (request, input) => {
      const { target } = request;
      if (!target) throw new Error(`${declared.name} ran without its target`);
      return declared.run({ ...request, target }, input);
    },
  };
}
