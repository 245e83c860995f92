import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { panelsPage } from '../../docs/panels-page.ts';
import { createPanels, KIND_NAMES } from '../../src/panels/registry.ts';
import { testStore } from '../harness/database.ts';

const store = await testStore();
const settings = (id: string, label: string) => ({ id, kind: 'builtin', label, values: {} }) as const;

it('makes the configured panels in their order, each with what people call it', () => {
  const panels = createPanels([settings('main', 'Main'), settings('eu', 'Europe')], store);
  expect(panels.all.map(({ id, kind, label }) => [id, kind, label])).toEqual([
    ['main', 'builtin', 'Main'],
    ['eu', 'builtin', 'Europe'],
  ]);
  expect(panels.get('eu')).toBe(panels.all[1]);
});

it('refuses a panel that is not connected, by the name that was asked for', () => {
  const panels = createPanels([settings('main', 'Main')], store);
  for (const id of ['eu', 'MAIN', '', 'constructor']) {
    expect(() => panels.get(id)).toThrow(expect.objectContaining({ code: 'panel.unknown', parameters: { panel: id } }));
  }
});

it('does not start with two panels of one id, whose rows would be mixed for ever', () => {
  expect(() => createPanels([settings('main', 'Main'), settings('main', 'Other')], store)).toThrow('main');
});

it('knows the built-in kind', () => {
  expect(KIND_NAMES).toContain('builtin');
});

it('is told of in docs/panels.md as the adapters say: npm run docs:generate writes it', () => {
  expect(readFileSync('docs/panels.md', 'utf8')).toBe(panelsPage());
});

it.each(KIND_NAMES)('says on a page of its own how a panel of kind %s is connected', (kind) => {
  expect(existsSync(`docs/panels/${kind}.md`)).toBe(true);
});
