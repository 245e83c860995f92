import { expect, it } from 'vitest';
import type { Field } from '../../../src/panels/panel.ts';
import { checkValues } from '../../../src/services/accounts/values.ts';

const EMAIL: Field = { name: 'email', type: 'email', required: true };

it('takes a value as the panel will keep it, so that it is recognised when it is looked for again', () => {
  const username: Field = { name: 'username', type: 'text', required: true };
  const typed = { email: ' Bob@Example.com ', username: ' Bob ' };
  expect(checkValues([EMAIL, { ...username, lowerCase: true }], typed, { complete: true })).toEqual({
    email: 'bob@example.com',
    username: 'bob',
  });
  expect(checkValues([EMAIL, username], typed, { complete: true })).toEqual({
    email: 'bob@example.com',
    username: 'Bob',
  });
});
