import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** `npm run test:panels`: every change killed and spoilt on the doubles of real panels. */
export default defineConfig({
  test: { ...everyday.test, include: ['test/faults/panels/**/*.test.ts'], exclude: ['**/node_modules/**'] },
});
