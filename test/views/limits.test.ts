/** Discord takes 40 components and 4,000 characters a message: no name, reason or number of rows may pass that. */
import { describe, expect, it } from 'vitest';
import { renderView } from '../../src/discord/render.ts';
import { PERMISSIONS } from '../../src/domain/permission.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { explanationView } from '../../src/views/policy.ts';
import { everyView, ID } from './every-view.ts';
import { HOSTILE, LONGEST } from './samples.ts';

describe.each([
  ['hostile', HOSTILE],
  ['longest', LONGEST],
  ['plain and long', 'word '.repeat(3_000)],
  ['empty', ''],
])('with %s text everywhere', (_, text) => {
  it.each(Object.entries(everyView(text)))('%s fits in one message', (_name, view) => {
    const { body } = renderView(view, { key: 'k'.repeat(22), strict: true });
    expect(JSON.stringify(body)).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(Object.entries(everyView(text)))('%s lets nobody but us mention or link', (_name, view) => {
    const { body } = renderView(view, { key: 'k'.repeat(22), strict: true });
    const ours = new RegExp(
      `<@&?(?:${ID}|100|200)>|<#${ID}>|https://discord\\.com/channels/${ID}/${ID}/${ID}|<t:\\d+:[RDf]>`,
      'g',
    );
    const contents = [...JSON.stringify(body).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
      ([, content]) => JSON.parse(content ?? '""') as string,
    );
    for (const content of contents) {
      const rest = content.replaceAll(/\\./g, '').replaceAll(ours, '');
      expect(rest).not.toMatch(/<[@#:t/]|\]\(|:\/\/|@everyone|[\u200b\u200f\u202e\u2066]/);
    }
  });
});

describe('every permission', () => {
  it('can be explained in one message', () => {
    for (const permission of PERMISSIONS) {
      const explanation = {
        memberId: ID,
        permission,
        owner: false,
        grants: [],
        giving: [],
        refusal: refuse('policy.denied', { permission }),
        lowestPreset: null,
        holders: [],
      };
      expect(() => renderView(explanationView(explanation, null), { key: null, strict: true })).not.toThrow();
    }
  });
});
