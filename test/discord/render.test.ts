import { describe, expect, test } from 'vitest';
import { customId, menuCustomId, menuValue, newComponentKey, parseCustomId } from '../../src/discord/custom-id.ts';
import { cutLength, renderView } from '../../src/discord/render.ts';
import { type Text, text } from '../../src/locales/text.ts';
import { button, buttonRows, noticeView, paragraph, run } from '../../src/views/parts.ts';
import type { Block, View } from '../../src/views/view.ts';

const KEY = newComponentKey();
const strict = { key: KEY, strict: true };
const lenient = { key: KEY, strict: false };

const view = (blocks: readonly Block[]): View => ({ visibility: 'private', tone: 'neutral', blocks });
const ofLength = (length: number) => 'x'.repeat(length) as Text;

/** How many components there are in all, nested ones too. */
function count(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + count(one), 0);
  if (value === null || typeof value !== 'object' || !('type' in value)) return 0;
  const { components, accessory } = value as { components?: unknown; accessory?: unknown };
  return 1 + count(components) + count(accessory);
}

describe('a message', () => {
  test('pings nobody, whatever stands in it', () => {
    const { body } = renderView(noticeView('info', text`<@1>`), strict);
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  test('of 40 components and 4,000 characters fits', () => {
    const thirtyNine = Array.from({ length: 39 }, () => paragraph(ofLength(100)));
    const { body } = renderView(view(thirtyNine), strict);
    expect(count(body.components)).toBe(40);
    expect(() => renderView(view([paragraph(ofLength(4_000))]), strict)).not.toThrow();
  });

  test.each([
    ['40 components', view(Array.from({ length: 40 }, () => paragraph(text`x`)))],
    ['4,000 characters', view([paragraph(ofLength(3_999)), paragraph(ofLength(2))])],
    [
      'five buttons in a row',
      view([{ kind: 'buttons', buttons: Array.from({ length: 6 }, () => button('x', run('y'))) }]),
    ],
    ['25 choices', view([choiceOf(26)])],
  ])('of more than %s is a mistake that tests find', (_, tooMuch) => {
    expect(() => renderView(tooMuch, strict)).toThrow(/does not fit/);
  });

  test('that does not fit is cut for people, and still within the limits', () => {
    const rows = buttonRows(Array.from({ length: 60 }, (_, index) => button(`${index}`, run('y'))));
    const { body } = renderView(
      view([paragraph(ofLength(5_000)), paragraph(text`more`), ...rows, choiceOf(30)]),
      lenient,
    );
    expect(count(body.components)).toBeLessThanOrEqual(40);
    const [container] = body.components as unknown as [{ components: { content?: string }[] }];
    expect(container.components[0]?.content).toHaveLength(4_000);
  });

  test('without a key has nothing to press', () => {
    const { body, actions } = renderView(
      view([paragraph(text`x`), ...buttonRows([button('Go', run('y'))]), choiceOf(2)]),
      { key: null, strict: true },
    );
    expect(actions).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('custom_id');
    expect(JSON.stringify(body)).toContain('"x"');
  });
});

describe('an id', () => {
  test('says how the press is answered, and finds what it does', () => {
    for (const answer of ['private', 'public', 'update', 'form'] as const) {
      expect(parseCustomId(customId({ answer, key: KEY, index: 24 }))).toEqual({ answer, key: KEY, index: 24 });
    }
  });

  test('of a menu takes both from the picked value', () => {
    const picked = [menuValue('update', 7)];
    expect(parseCustomId(menuCustomId(KEY, 0), picked)).toEqual({ answer: 'update', key: KEY, index: 7 });
  });

  test.each(['', 'go', `2:p:${KEY}:0`, `1:x:${KEY}:0`, `1:p:${KEY}`, `1:p:short:0`, `1:m:${KEY}:0`])(
    'that is not one of ours is nothing: %j',
    (id) => expect(parseCustomId(id)).toBeNull(),
  );

  test('fits the actions of a message that has as many as can be', () => {
    const rows = buttonRows(Array.from({ length: 30 }, () => button('x', run('y'))));
    const { actions, body } = renderView(view(rows), strict);
    const ids = JSON.stringify(body).match(/"custom_id":"[^"]+"/g) ?? [];
    expect(new Set(ids).size).toBe(30);
    expect(actions).toHaveLength(30);
  });
});

test('a cut never splits what is seen as one character', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(cutLength(family.repeat(3), family.length + 5)).toBe(`${family}…`);
  expect(cutLength('short', 5)).toBe('short');
});

function choiceOf(count: number): Block {
  const choices = Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
  return { kind: 'choice', select: { placeholder: 'Pick', choices, action: run('y') } };
}
