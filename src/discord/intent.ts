/**
 * What a person wants, whichever way they said it: a command, the options known so far, and how it is to be answered. Slash commands,
 * menus, buttons, selects and forms all come to this.
 */
import type { Permission } from '../domain/permission.ts';
import { refuse } from '../domain/refusal.ts';
import { loadComponents } from '../services/components/load.ts';
import type { Components } from '../services/components/save.ts';
import type { Press, Services } from '../services/context.ts';
import type { Invocation, OptionValues } from '../views/view.ts';
import type { AnswerKind } from './custom-id.ts';
import type { CommandInteraction, PressInteraction, SubmitInteraction } from './payload.ts';
import { missingOptions, type Registered } from './registered.ts';
import type { Registry } from './registry.ts';

export interface Intent {
  readonly registered: Registered;
  readonly given: OptionValues;
  readonly answer: AnswerKind;
  /** The form asks for what is known, too. */
  readonly again: boolean;
  /** The interaction that stated it first: what it does has its key from there, so that it is done once. */
  readonly origin: string;
  readonly press: Press | null;
  /** It carries on what was stated before, as a confirmation does. */
  readonly inherits: boolean;
  /** Options that were asked in a form and left empty. */
  readonly emptied: readonly string[];
  /** A permission that whoever presses needs beside the command's own. */
  readonly audience: Permission | null;
}

/** An action as it is stored: with what its form asks, once that is shown. */
export interface StoredAction extends Invocation {
  readonly asked?: readonly string[];
  readonly press?: Omit<Press, 'interactionId'>;
}

/** `outcome` commands answer in public where staff are among themselves. */
export function plainAnswer({ command }: Registered, staffChannel: boolean): 'private' | 'public' {
  return command.answer === 'outcome' && staffChannel ? 'public' : 'private';
}

/** @throws Refusal `press.unknown` for a command that is gone since Discord was told of it. */
export function statedIntent(interaction: CommandInteraction, registry: Registry, staffChannel: boolean): Intent {
  const registered = interaction.menu ? registry.menu(interaction.name) : registry.find(interaction.name);
  if (!registered || registered.command.scope === 'internal') throw refuse('press.unknown', {});
  const { given } = interaction;
  const incomplete = missingOptions(registered, given).length > 0;
  return {
    registered,
    given,
    answer: incomplete ? 'form' : plainAnswer(registered, staffChannel),
    again: false,
    origin: interaction.id,
    press: null,
    inherits: false,
    emptied: [],
    audience: null,
  };
}

/** @throws Refusal `press.unknown`, `press.expired`, `press.foreign` */
export async function pressedIntent(
  interaction: PressInteraction | SubmitInteraction,
  services: Services,
  registry: Registry,
): Promise<Intent> {
  const { reference } = interaction;
  if (!reference) throw refuse('press.unknown', {});
  const components = await loadComponents(services, reference.key);
  const { audience } = components;
  if (audience.kind === 'user' && audience.userId !== interaction.userId) {
    throw refuse('press.foreign', { userId: audience.userId });
  }
  const action = actionAt(components.actions, reference.index);
  const registered = action && registry.find(action.command);
  if (!action || !registered) throw refuse('press.unknown', {});
  return {
    registered,
    answer: reference.answer,
    given:
      interaction.kind === 'press'
        ? pickedOptions(action, interaction)
        : filledOptions(registered, action, interaction),
    again: action.again ?? false,
    origin: originOf(components, action, interaction),
    press: pressOf(components, action, interaction.id),
    inherits: action.inherits ?? false,
    emptied: interaction.kind === 'press' ? (action.emptied ?? []) : emptiedOptions(action, interaction),
    audience: audience.kind === 'permission' ? audience.permission : null,
  };
}

/** Only we write these rows, and their version says that they have this shape. */
function actionAt(actions: Components['actions'], index: number): StoredAction | undefined {
  return actions[index] as StoredAction | undefined;
}

function pickedOptions(action: StoredAction, { value }: PressInteraction): OptionValues {
  return action.fill === undefined || value === null ? action.options : { ...action.options, [action.fill]: value };
}

/**
 * Nothing but what the form asked is taken from it; what was emptied in it is not known any more. A file cannot be filled in, so that one
 * which was sent before stays until another takes its place.
 */
function filledOptions(
  registered: Registered,
  { options, asked = [] }: StoredAction,
  { filled }: SubmitInteraction,
): OptionValues {
  const stays = (name: string) => !asked.includes(name) || registered.options[name]?.type === 'attachment';
  const kept = Object.entries(options).filter(([name]) => stays(name));
  const taken = Object.entries(filled).filter(([name]) => asked.includes(name));
  return Object.fromEntries([...kept, ...taken]);
}

function emptiedOptions({ asked = [] }: StoredAction, { filled }: SubmitInteraction): readonly string[] {
  return asked.filter((name) => filled[name] === undefined);
}

/** A form carries on what opened it, so that sending it twice acts once; a press states an intent of its own. */
function originOf(
  components: Components,
  action: StoredAction,
  interaction: PressInteraction | SubmitInteraction,
): string {
  return interaction.kind === 'submit' || action.inherits ? components.origin : interaction.id;
}

function pressOf({ key }: Components, action: StoredAction, interactionId: string): Press | null {
  if (action.press) return { ...action.press, interactionId };
  return action.once === undefined ? null : { key, group: action.once, interactionId };
}
