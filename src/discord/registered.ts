/** A command with what follows from its declaration. */

import { z } from 'zod';
import { formatReference } from '../domain/account.ts';
import { TARGET_WORDS } from '../locales/en/dispatch.ts';
import { plain } from '../locales/text.ts';
import type { FieldName, Panels } from '../panels/panel.ts';
import { completeAccounts } from '../services/directory/complete.ts';
import { panelsNamed } from '../services/directory/scope.ts';
import type { OptionValues } from '../views/view.ts';
import type { Command, Option, Options } from './command.ts';
import { CHOICE_LIMIT } from './limits.ts';

export interface Registered {
  readonly command: Command;
  /** The declared options, between those that name the target and its panel; `account` alone comes after them. */
  readonly options: Options;
  readonly required: readonly string[];
  /** Options of which one must be given, because the command acts on an account. Empty where it need not. */
  readonly target: readonly ('member' | 'account')[];
  /** What a form can ask, in order. */
  readonly asks: readonly string[];
}

const TEXT = z.string().optional();

const MEMBER: Option = { type: 'user', ...TARGET_WORDS.member, schema: TEXT, required: false };

const ACCOUNT: Option = {
  type: 'text',
  ...TARGET_WORDS.account,
  schema: TEXT,
  required: false,
  maxLength: 200,
  complete: async (ctx, typed, { panel }) => {
    const found = await completeAccounts(ctx, typed, panel === undefined ? null : String(panel));
    return found.map(({ label, reference }) => ({ name: label, value: formatReference(reference) }));
  },
};

const PANEL: Option = {
  type: 'text',
  ...TARGET_WORDS.panel,
  schema: TEXT,
  required: false,
  maxLength: 16,
  complete: async (ctx, typed) =>
    panelsNamed(ctx, typed)
      .slice(0, CHOICE_LIMIT)
      .map(({ id, label }) => ({ name: plain(label, 90), value: id })),
};

/** What the connected panels make of commands. */
export interface Circumstances {
  readonly severalPanels: boolean;
  /** What their accounts are made of; absent: everything that there is. */
  readonly fields?: ReadonlySet<FieldName>;
}

export function circumstancesOf({ all }: Pick<Panels, 'all'>): Circumstances {
  const fields = all.flatMap(({ create, edit }) => [...(create?.traits.fields ?? []), ...(edit?.traits.fields ?? [])]);
  return { severalPanels: all.length > 1, fields: new Set(fields.map(({ name }) => name)) };
}

/** Works out what a declaration means. With one panel, nobody is asked which; what no panel has is not asked at all. */
export function register(command: Command, { severalPanels, fields }: Circumstances): Registered {
  const somebodyElse = 'member' in command.options;
  const target = !command.target ? [] : somebodyElse ? (['account'] as const) : (['member', 'account'] as const);
  const declared = Object.entries(command.options).filter(
    ([, { severalPanels: amongSeveral, field }]) =>
      (severalPanels || !amongSeveral) && (field === undefined || fields === undefined || fields.has(field)),
  );
  const asksPanel =
    severalPanels && command.target === true && command.scope === 'staff' && !('panel' in command.options);
  const options: Options = {
    ...(target.length === 2 ? { member: MEMBER, account: ACCOUNT } : {}),
    ...Object.fromEntries(declared),
    ...(target.length === 1 ? { account: ACCOUNT } : {}),
    ...(asksPanel ? { panel: PANEL } : {}),
  };
  const named = Object.entries(options);
  const targetNames: readonly string[] = target;
  return {
    command,
    options,
    required: named.filter(([, option]) => option.required).map(([name]) => name),
    target: command.target === true ? target : [],
    asks: named
      .filter(
        ([name, option]) =>
          option.type !== 'hidden' && (targetNames.includes(name) || option.required || option.offered),
      )
      .map(([name]) => name),
  };
}

/** The required options that are not given; `account` stands for a target that is not named. */
export function missingOptions(registered: Registered, given: OptionValues): readonly string[] {
  const missing = registered.required.filter((name) => given[name] === undefined);
  const targetMissing = registered.target.length > 0 && registered.target.every((name) => given[name] === undefined);
  return targetMissing && !missing.includes('account') ? ['account', ...missing] : missing;
}

/** How many of a form's five parts an option takes. */
export function formParts(option: Option | undefined): number {
  return option?.suggested ? 2 : 1;
}

/** The commands that can be typed, as Discord groups them: `user view` and `user list` are one command, `user`. */
export function byFirstWord(all: readonly Registered[]): ReadonlyMap<string, readonly Registered[]> {
  const typed = all.filter(({ command }) => command.scope !== 'internal');
  return Map.groupBy(typed, ({ command }) => command.name.split(' ', 1)[0] ?? '');
}
