import { describe, expect, it } from 'vitest';
import { cutGraphemes, mention, plain, untrusted } from '../../src/locales/text.ts';

describe('text that people or panels wrote', () => {
  it.each([
    '**bold**',
    '__under__',
    '~~gone~~',
    '`code`',
    '||spoiler||',
    '[a](https://b.example)',
    '<@1>',
    '<t:0:R>',
    '# heading',
    '-# small',
    '> quote',
    '- list',
    '1. list',
  ])('shows %s as it was typed, not as markdown', (typed) => {
    const shown = untrusted(typed);
    expect(shown.replaceAll(/\\(.)/g, '$1')).toBe(typed);
    expect(shown.replaceAll(/\\./g, 'x')).not.toMatch(/[*_~`|[\]()<@]|^(?:#|-#|>|-|\d+\.) /);
  });

  it('cannot mention anybody', () => {
    expect(untrusted('@everyone <@1> <@&2>')).not.toMatch(/(?<!\\)@|(?<!\\)</);
  });

  it('leaves no link for the client to find', () => {
    expect(untrusted('see https://evil.example/x')).not.toContain('://');
  });

  it('stays on one line and loses what is invisible or turns the reading direction', () => {
    expect(plain('a\u202eb\u200bc\u2066d\ne\u0000f\u2028g')).toBe('a b c d e f g');
  });

  it('keeps emoji of several parts whole, and no joiner elsewhere', () => {
    expect(plain('👩‍🚀 a\u200db')).toBe('👩‍🚀 a b');
  });

  it('is nothing where it has no shape at all', () => {
    expect(plain('\u3164\u2800\ue000\u0000')).toBe('');
  });

  it('keeps right-to-left names', () => {
    expect(untrusted('ليلى حداد')).toBe('ليلى حداد');
  });

  it('is cut at a grapheme, never inside one', () => {
    expect(cutGraphemes('👍🏽'.repeat(3), 2)).toBe('👍🏽…');
  });

  it('is bounded in characters, however it is made', () => {
    for (const typed of [
      'x'.repeat(10_000),
      '*'.repeat(10_000),
      '👩‍👩‍👧‍👦'.repeat(2_000),
      `a${'\u0301'.repeat(10_000)}`,
      '*\u0301\u0302'.repeat(5_000),
    ]) {
      expect(untrusted(typed, 100).length).toBeLessThanOrEqual(401);
    }
  });
});

describe('mention', () => {
  it('mentions nobody for what is not an id', () => {
    expect(mention('1> <@2')).not.toMatch(/(?<!\\)</);
  });
});
