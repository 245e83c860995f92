import { expect, it } from 'vitest';
import type { Field } from '../../../src/panels/panel.ts';
import { checkValues } from '../../../src/services/accounts/values.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const PANEL = createTestPanel().panel;
const EMAIL: Field = { name: 'email', type: 'email', required: true };

it('takes a value as the panel will keep it, so that it is recognised when it is looked for again', () => {
  const username: Field = { name: 'username', type: 'text', required: true };
  const typed = { email: ' Bob@Example.com ', username: ' Bob ' };
  expect(checkValues(PANEL, [EMAIL, { ...username, lowerCase: true }], typed, { complete: true })).toEqual({
    email: 'bob@example.com',
    username: 'bob',
  });
  expect(checkValues(PANEL, [EMAIL, username], typed, { complete: true })).toEqual({
    email: 'bob@example.com',
    username: 'Bob',
  });
});

it('refuses a value for which the panel has no place, instead of leaving it out in silence', () => {
  expect(() => checkValues(PANEL, [EMAIL], { email: 'bob@example.com', name: 'Bob' }, { complete: true })).toThrow(
    expect.objectContaining({ code: 'field.missing', parameters: { panel: 'Test panel', field: 'name' } }),
  );
});
