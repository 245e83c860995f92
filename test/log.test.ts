import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { testStore } from './harness/database.ts';

const store = await testStore();

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('debug', { write: (line) => lines.push(line) }));
  return lines.join('');
}

test('secrets and e-mails given by name are removed, at the top and one level below', () => {
  const text = logged((log) =>
    log.info({ token: 'canary-1', request: { password: 'canary-2', email: 'canary-3' }, account: '1001' }, 'sample'),
  );
  expect(text).not.toContain('canary');
  expect(text).toContain('"account":"1001"');
});

test('an error shows its kind, message and cause, and nothing that it carries along', async () => {
  const carrying = Object.assign(new Error('failed for jo@example.com', { cause: new Error('the cause') }), {
    requestBody: { content: 'canary-1' },
    url: 'https://discord.example/webhooks/1/canary-2',
  });
  const row = { panel: 'main', email: 'canary@example.com', username: 'one' };
  const refused = await store.sql`insert into builtin_accounts ${store.sql([row, row])}`.catch(
    (error: unknown) => error,
  );
  const text = logged((log) => {
    log.error({ error: carrying }, 'sample');
    log.error({ error: refused }, 'sample');
  });
  expect(text).toContain('the cause');
  expect(text).toContain('duplicate key value');
  expect(text).not.toMatch(/canary|jo@example/);
});
