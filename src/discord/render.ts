/** From a view to Discord's message: components v2, nothing that pings, and for each button what it does. */
import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIFileComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import type { Block, Button, Invocation, Menu, Select, Tone, View, ViewFile } from '../views/view.ts';
import { customId, menuCustomId, menuValue } from './custom-id.ts';
import { CHOICE_LENGTH, CHOICE_LIMIT } from './limits.ts';

/** @see https://discord.com/developers/docs/components/reference */
const COMPONENT_LIMIT = 40;
const CHARACTER_LIMIT = 4_000;
const ROW_LIMIT = 5;
const BUTTON_LENGTH = 80;
const PLACEHOLDER_LENGTH = 150;

const ACCENTS: Readonly<Record<Tone, number | null>> = {
  neutral: null,
  good: 0x2e9e6b,
  warning: 0xdb9a27,
  bad: 0xd14b4b,
  info: 0x4a7bd0,
};

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const satisfies Record<Button['style'], ButtonStyle>;

export interface MessageBody {
  readonly flags: number;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

export interface Message {
  readonly body: MessageBody;
  readonly files: readonly ViewFile[];
  /** What the components do, by the index in their ids. */
  readonly actions: readonly Invocation[];
}

export interface RenderOptions {
  /** The random part of the components' ids; null draws the view without anything to press. */
  readonly key: string | null;
  /** Throws where Discord's limits are passed, as tests want it; otherwise what does not fit is left out. */
  readonly strict: boolean;
}

const NO_PINGS = { parse: [] } as const;

/** @throws Error in strict mode, naming the limit that the view passes. */
export function renderView(view: View, options: RenderOptions): Message {
  const drawing = new Drawing(options);
  const accent = ACCENTS[view.tone];
  drawing.take(1, 'the container');
  const blocks = view.blocks.flatMap((block) => drawing.block(block));
  const container = {
    type: ComponentType.Container as const,
    ...(accent === null ? {} : { accent_color: accent }),
    components: blocks,
  };
  const files = view.files ?? [];
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [...(blocks.length > 0 ? [container] : []), ...files.map(fileComponent)],
      allowed_mentions: NO_PINGS,
    },
    files,
    actions: drawing.actions,
  };
}

function fileComponent({ name }: ViewFile): APIFileComponent {
  return { type: ComponentType.File, file: { url: `attachment://${name}` } };
}

/** Cuts at a grapheme's end, so that at most `limit` UTF-16 units are left, the ellipsis among them. */
export function cutLength(value: string, limit: number): string {
  if (value.length <= limit) return value;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en').segment(value)) {
    if (index + segment.length > limit - 1) break;
    end = index + segment.length;
  }
  return `${value.slice(0, end)}…`;
}

/** One message being drawn: what of Discord's limits is left, and the actions met so far. */
class Drawing {
  readonly actions: Invocation[] = [];
  readonly #options: RenderOptions;
  #componentsLeft = COMPONENT_LIMIT;
  #charactersLeft = CHARACTER_LIMIT;

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  /** False when so many components do not fit any more. */
  take(components: number, what: string): boolean {
    if (components > this.#componentsLeft) return this.#over(`${what} is more than ${COMPONENT_LIMIT} components`);
    this.#componentsLeft -= components;
    return true;
  }

  block(block: Block): APIComponentInContainer[] {
    switch (block.kind) {
      case 'text': {
        const text = this.#text(block.text, 1);
        return text ? [text] : [];
      }
      case 'line': {
        if (!this.take(1, 'a line')) return [];
        return [{ type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small }];
      }
      case 'section':
        return this.#section(block);
      case 'linked':
        return this.#linked(block);
      case 'buttons':
        return this.#row(block.buttons.slice(0, this.#atMost(block.buttons.length, ROW_LIMIT, 'buttons in a row')));
      case 'choice':
        return this.#select(block.select);
      case 'menu':
        return this.#menu(block.menu);
    }
  }

  #over(problem: string): false {
    if (this.#options.strict) throw new Error(`the view does not fit: ${problem}`);
    return false;
  }

  #atMost(count: number, limit: number, what: string): number {
    if (count > limit) this.#over(`${count} ${what}; Discord takes ${limit}`);
    return Math.min(count, limit);
  }

  /** Takes `components` and the text's characters; null where nothing is left to say or to say it with. */
  #text(content: string, components: number): APITextDisplayComponent | null {
    if (content === '') return null;
    if (content.length > this.#charactersLeft) this.#over(`its text is over ${CHARACTER_LIMIT} characters`);
    if (this.#charactersLeft <= 1 || !this.take(components, 'a text')) return null;
    const fitting = cutLength(content, this.#charactersLeft);
    this.#charactersLeft -= fitting.length;
    return { type: ComponentType.TextDisplay, content: fitting };
  }

  #section({
    text,
    accessory,
  }: Extract<Block, { kind: 'section' }>): (APISectionComponent | APITextDisplayComponent)[] {
    const button = this.#button(accessory);
    const content = this.#text(text, button ? 3 : 1);
    if (!content) return [];
    return button ? [{ type: ComponentType.Section, components: [content], accessory: button }] : [content];
  }

  #linked({ text, link }: Extract<Block, { kind: 'linked' }>): (APISectionComponent | APITextDisplayComponent)[] {
    const content = this.#text(text, 3);
    if (!content) return [];
    const label = cutLength(link.label, BUTTON_LENGTH);
    const accessory = { type: ComponentType.Button, style: ButtonStyle.Link, label, url: link.url } as const;
    return [{ type: ComponentType.Section, components: [content], accessory }];
  }

  #row(buttons: readonly Button[]): APIComponentInContainer[] {
    const drawn = buttons.map((button) => this.#button(button)).filter((button) => button !== null);
    return this.#actionRow(drawn);
  }

  #actionRow(components: APIComponentInMessageActionRow[]): APIComponentInContainer[] {
    if (components.length === 0 || !this.take(components.length + 1, 'a row')) return [];
    return [{ type: ComponentType.ActionRow, components }];
  }

  #button(button: Button): APIButtonComponent | null {
    if (this.#options.key === null) return null;
    return {
      type: ComponentType.Button,
      style: STYLES[button.style],
      label: cutLength(button.label, BUTTON_LENGTH),
      custom_id: customId({ answer: button.action.answer, key: this.#options.key, index: this.#action(button.action) }),
      ...(button.disabled ? { disabled: true } : {}),
    };
  }

  #action(action: Invocation): number {
    return this.actions.push(action) - 1;
  }

  #select(select: Select): APIComponentInContainer[] {
    const { key } = this.#options;
    if (key === null) return [];
    const count = this.#atMost(select.choices.length, CHOICE_LIMIT, 'choices');
    if (count === 0) return [];
    const id = customId({ answer: select.action.answer, key, index: this.#action(select.action) });
    const options = select.choices.slice(0, count).map((choice) => ({
      label: cutLength(choice.label, CHOICE_LENGTH),
      value: choice.value,
      ...(choice.description ? { description: cutLength(choice.description, CHOICE_LENGTH) } : {}),
    }));
    const placeholder = cutLength(select.placeholder, PLACEHOLDER_LENGTH);
    return this.#actionRow([{ type: ComponentType.StringSelect, custom_id: id, placeholder, options }]);
  }

  #menu(menu: Menu): APIComponentInContainer[] {
    const { key } = this.#options;
    if (key === null || menu.entries.length === 0) return [];
    const id = menuCustomId(key, this.actions.length);
    const count = this.#atMost(menu.entries.length, CHOICE_LIMIT, 'entries of a menu');
    const options = menu.entries.slice(0, count).map(({ label, action }) => ({
      label: cutLength(label, CHOICE_LENGTH),
      value: menuValue(action.answer, this.#action(action)),
    }));
    const placeholder = cutLength(menu.placeholder, PLACEHOLDER_LENGTH);
    return this.#actionRow([{ type: ComponentType.StringSelect, custom_id: id, placeholder, options }]);
  }
}
