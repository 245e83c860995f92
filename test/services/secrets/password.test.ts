import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { makePassword } from '../../../src/services/secrets/password.ts';

const MANY = 2_000;

test('any usual rule takes it: lower case, upper case and a digit, as long as the panel wants it', () => {
  assert(
    property(integer({ min: 3, max: 40 }), integer({ min: 0, max: 60 }), (minLength, more) => {
      const maxLength = minLength + more;
      const password = makePassword({ minLength, maxLength });
      expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z\d]+$/);
      expect(password.length).toBeGreaterThanOrEqual(Math.min(Math.max(20, minLength), maxLength));
      expect(password.length).toBeLessThanOrEqual(maxLength);
    }),
  );
});

test('nothing in it looks like anything else, and no two are the same', () => {
  const made = Array.from({ length: MANY }, () => makePassword({ minLength: 8, maxLength: 72 }));
  expect(made.join('')).not.toMatch(/[0O1lI]/);
  expect(new Set(made).size).toBe(MANY);
});
