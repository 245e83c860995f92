import type { RunStatus } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import type { Text } from '../locales/text.ts';

export type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

/**
 * What a button, a select or a form does: it runs a command with the options already known. Slash commands, menus, buttons and
 * forms are so one way in, checked in one place.
 */
export interface Invocation {
  /** Name of a command in the registry, such as `user suspend`. */
  readonly command: string;
  readonly options: OptionValues;
  /**
   * How the press is answered: `private` and `public` with a new message, `update` by changing the message that carries the
   * button, `form` by asking for the options that are missing.
   */
  readonly answer: 'private' | 'public' | 'update' | 'form';
  /** A select puts its picked value into this option. */
  readonly fill?: string;
  /** Actions of one message with the same group act once in all; absent: may be pressed again and again. */
  readonly once?: string;
  /** Carries on the intent of the interaction that showed it, as a confirmation does. */
  readonly inherits?: true;
  /** A form asks for all that it can ask, what is known filled in: so that a mistake can be corrected. */
  readonly again?: true;
  /** Options that the person had emptied in the form before: one that asks again leaves them so. */
  readonly emptied?: readonly string[];
}

/** Who may press: the person it was shown to, or whoever holds a permission at the press. */
export type Audience = 'actor' | Permission;

/** What a card's colour means. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

export interface Button {
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'success' | 'danger';
  readonly disabled?: boolean;
  readonly action: Invocation;
}

export interface Select {
  readonly placeholder: string;
  /** 1 to 25. Labels are plain text, not markdown; they are cut to Discord's 100 characters. */
  readonly choices: readonly { label: string; value: string; description?: string }[];
  readonly action: Invocation;
}

/** A select whose choices are different actions: what does not fit as buttons. */
export interface Menu {
  readonly placeholder: string;
  /** 1 to 25; labels are plain text. */
  readonly entries: readonly { readonly label: string; readonly action: Invocation }[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'line' }
  | { readonly kind: 'section'; readonly text: Text; readonly accessory: Button }
  /** `url` is the address of a web page, of at most 512 characters; the reader's browser opens it. */
  | { readonly kind: 'linked'; readonly text: Text; readonly link: { readonly label: string; readonly url: string } }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'choice'; readonly select: Select }
  | { readonly kind: 'menu'; readonly menu: Menu };

/** A file that goes with a message. */
export interface ViewFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * A message. `masked` holds nothing personal and may stand in a staff channel; `private` is for one reader. Only a masked view can be
 * given as a public answer; a private one that comes to a public answer is delivered privately instead.
 */
export interface View<Visibility extends 'masked' | 'private' = 'masked' | 'private'> {
  readonly visibility: Visibility;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly audience?: Audience;
  readonly files?: readonly ViewFile[];
  /** It holds a password or the like, which is shown in the answer itself or not at all. */
  readonly secret?: true;
  /** How the run ended that this view tells of, when not simply done. */
  readonly status?: Extract<RunStatus, 'unknown' | 'waiting' | 'refused'>;
}
