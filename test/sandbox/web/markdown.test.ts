import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../sandbox/web/messages/markdown.ts';
import { parseInline, plainText } from '../../../sandbox/web/messages/markdown-inline.ts';

const text = (value: string) => ({ type: 'text', text: value });

describe('within a line', () => {
  it.each([
    ['**a**', { type: 'bold', children: [text('a')] }],
    ['*a*', { type: 'italic', children: [text('a')] }],
    ['_a_', { type: 'italic', children: [text('a')] }],
    ['__a__', { type: 'underline', children: [text('a')] }],
    ['~~a~~', { type: 'strike', children: [text('a')] }],
    ['||a||', { type: 'spoiler', children: [text('a')] }],
    ['`**a**`', { type: 'code', text: '**a**' }],
    ['``a ` b``', { type: 'code', text: 'a ` b' }],
    ['<@100000000000000005>', { type: 'user', id: '100000000000000005' }],
    ['<@!100000000000000005>', { type: 'user', id: '100000000000000005' }],
    ['<@&100000000000000005>', { type: 'role', id: '100000000000000005' }],
    ['<#100000000000000005>', { type: 'channel', id: '100000000000000005' }],
    ['</user view:70>', { type: 'command', name: 'user view', id: '70' }],
    ['<t:1700000000:R>', { type: 'timestamp', seconds: 1_700_000_000, style: 'R' }],
    ['<t:1700000000>', { type: 'timestamp', seconds: 1_700_000_000, style: 'f' }],
    ['<a:wave:100000000000000005>', { type: 'emoji', name: 'wave', id: '100000000000000005' }],
    ['@everyone', { type: 'everyone', text: '@everyone' }],
  ])('reads %s', (source, node) => expect(parseInline(source)).toEqual([node]));

  it('nests emphasis', () => {
    const inner = { type: 'italic', children: [text('b')] };
    expect(parseInline('**a *b* c**')).toEqual([{ type: 'bold', children: [text('a '), inner, text(' c')] }]);
  });

  it('shows escaped marks as they are', () => {
    expect(parseInline('\\*\\*a\\*\\* \\<@100000000000000005>')).toEqual([text('**a** <@100000000000000005>')]);
  });

  it('leaves underscores inside of names alone', () => {
    expect(parseInline('jo_b_c and snake_case')).toEqual([text('jo_b_c and snake_case')]);
  });

  it('ends a bare address before the sentence does', () => {
    const link = { type: 'link', url: 'https://a.example/b', children: [text('https://a.example/b')] };
    expect(parseInline('See https://a.example/b.')).toEqual([text('See '), link, text('.')]);
  });

  it('makes links of web addresses only', () => {
    expect(parseInline('[x](javascript:alert(1))')).toEqual([text('[x](javascript:alert(1))')]);
    expect(parseInline('[x](https://a.example)')).toEqual([
      { type: 'link', url: 'https://a.example', children: [text('x')] },
    ]);
  });
});

describe('blocks', () => {
  it('reads headings, subtext and paragraphs', () => {
    expect(parseMarkdown('# A\n## B\n### C\n#### D\n-# small').map(({ type }) => type)).toEqual([
      'heading',
      'heading',
      'heading',
      'paragraph',
      'subtext',
    ]);
  });

  it('keeps the breaks of a paragraph', () => {
    expect(parseMarkdown('a\nb\n\nc')).toEqual([{ type: 'paragraph', children: [text('a\nb\n\nc')] }]);
  });

  it('keeps code as it was written', () => {
    expect(parseMarkdown('x\n```sql\nselect **1**;\n```\ny')).toEqual([
      { type: 'paragraph', children: [text('x')] },
      { type: 'code', language: 'sql', text: 'select **1**;' },
      { type: 'paragraph', children: [text('y')] },
    ]);
  });

  it('nests lists by indentation and keeps the first number', () => {
    const [list] = parseMarkdown('3. a\n4. b\n  - c');
    expect(list).toMatchObject({ type: 'list', start: 3, items: [{ length: 1 }, [{}, { type: 'list', start: null }]] });
  });

  it('quotes lines, and all that follows three marks', () => {
    expect(parseMarkdown('> a\n> b\nc').map(({ type }) => type)).toEqual(['quote', 'paragraph']);
    expect(parseMarkdown('>>> a\nb\n# c').map(({ type }) => type)).toEqual(['quote']);
  });

  it('does not take an escaped mark for a heading or a list', () => {
    expect(parseMarkdown('\\# a\n\\- b').map(({ type }) => type)).toEqual(['paragraph']);
  });
});

it('reads any text without failing, and loses none of its plain letters', () => {
  const marks = fc.constantFrom(
    '*',
    '_',
    '`',
    '~',
    '|',
    '\\',
    '> ',
    '- ',
    '# ',
    '\n',
    '[',
    '](',
    '<@',
    '<t:1',
    '>',
    'a',
    'é',
    '🌊',
  );
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 60 }), (parts) => {
      const source = parts.join('');
      const shown = JSON.stringify(parseMarkdown(source));
      expect(shown.split('🌊').length).toBe(source.split('🌊').length);
    }),
  );
});

it('reads out formatted text as plain text', () => {
  expect(plainText(parseInline('**a** `b` [c](https://a.example)'))).toBe('a b c');
});
