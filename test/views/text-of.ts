import type { Block, Invocation, View } from '../../src/views/view.ts';

/** Everything that a person can read in a view. */
export function textOf(view: View): string {
  return view.blocks.map(textOfBlock).join('\n');
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'section':
      return `${block.text}\n${block.accessory.label}`;
    case 'linked':
      return `${block.text}\n${block.link.label}`;
    case 'buttons':
      return block.buttons.map(({ label }) => label).join('\n');
    case 'choice':
      return [
        block.select.placeholder,
        ...block.select.choices.map(({ label, description }) => `${label} ${description}`),
      ].join('\n');
    case 'menu':
      return [block.menu.placeholder, ...block.menu.entries.map(({ label }) => label)].join('\n');
    case 'line':
      return '';
  }
}

/** What can be pressed or picked in a view, by its label. */
export function actionsOf(view: View): ReadonlyMap<string, Invocation> {
  return new Map(view.blocks.flatMap(actionsOfBlock));
}

function actionsOfBlock(block: Block): (readonly [string, Invocation])[] {
  switch (block.kind) {
    case 'section':
      return [[block.accessory.label, block.accessory.action]];
    case 'buttons':
      return block.buttons.map(({ label, action }) => [label, action] as const);
    case 'choice':
      return [[block.select.placeholder, block.select.action]];
    case 'menu':
      return block.menu.entries.map(({ label, action }) => [label, action] as const);
    default:
      return [];
  }
}
