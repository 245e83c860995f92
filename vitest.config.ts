import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/harness/database-server.ts'],
    environment: 'node',
    pool: 'threads',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
