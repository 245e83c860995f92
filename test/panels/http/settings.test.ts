import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpVariables, insecureAddress, rateVariable } from '../../../src/panels/http/settings.ts';

const variables = z.object({ ...httpVariables, REQUESTS_PER_MINUTE: rateVariable(240) });
const read = (values: Record<string, string>) =>
  variables.safeParse({ URL: 'https://p.example.com', TOKEN: 'key', ...values });

describe('the settings of panels with an HTTP API', () => {
  it('are an address and a key, and otherwise what suits most', () => {
    expect(read({}).data).toEqual({
      URL: 'https://p.example.com',
      TOKEN: 'key',
      ALLOW_HTTP: false,
      TIMEOUT_SECONDS: 15,
      REQUESTS_PER_MINUTE: 240,
    });
    expect(variables.safeParse({}).success).toBe(false);
  });

  it.each([
    'p.example.com',
    'ftp://p.example.com',
    'https://u:p@p.example.com',
    'https://p.example.com?a=b',
    'https://p.example.com#a',
    '',
  ])('take no address such as %j', (URL) => {
    expect(read({ URL }).success).toBe(false);
  });

  it.each([
    { TOKEN: 'two words' },
    { TOKEN: 'ключ' },
    { TOKEN: 'key\u200b' },
    { TOKEN: '' },
    { TIMEOUT_SECONDS: '0' },
    { TIMEOUT_SECONDS: '100' },
    { TIMEOUT_SECONDS: '1.5' },
    { REQUESTS_PER_MINUTE: '0' },
    { REQUESTS_PER_MINUTE: 'many' },
    { ALLOW_HTTP: 'perhaps' },
  ])('take nothing such as %j', (values) => {
    expect(read(values as Record<string, string>).success).toBe(false);
  });

  it.each([
    ['https://panel.example.com', false, null],
    ['http://localhost:8000/panel', false, null],
    ['http://127.0.0.1', false, null],
    ['http://127.9.9.9', false, null],
    ['http://[::1]:80', false, null],
    ['http://panel.internal', true, null],
    ['http://panel.example.com', false, 'would send the key in plain text'],
    ['http://127.0.0.1.example.com', false, 'would send the key in plain text'],
    ['http://localhost.example.com', false, 'would send the key in plain text'],
  ])('send no key in plain text: %s (allowed: %s)', (URL, ALLOW_HTTP, problem) => {
    expect(insecureAddress({ URL, ALLOW_HTTP })).toBe(problem);
  });
});
