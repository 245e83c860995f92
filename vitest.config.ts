import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // They take a while, and have a command of their own: `npm run test:panels`.
    exclude: ['test/faults/panels/**', '**/node_modules/**'],
    globalSetup: ['test/harness/database-server.ts'],
    environment: 'node',
    pool: 'threads',
    // Many tests wait most of the time: for processes, disks and clocks.
    maxWorkers: Math.max(4, availableParallelism()),
    // What is waited for comes within milliseconds, unless the machine is busy with everything else.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
