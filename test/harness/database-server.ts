/**
 * One embedded server for a whole run of the tests, with a migrated database that every test's own is copied from. A process of its
 * own holds it, so that it goes with all its files even when the run is killed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server's own database, in which tests only make and drop theirs. */
    databaseServerUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const holder = spawn(process.execPath, [path.join(import.meta.dirname, 'hold-database-server.ts')], {
    // Ctrl-C is for the run; the holder ends when its input does.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  const said = await Promise.race([once(holder.stdout, 'data'), ended.then(() => null)]);
  if (said === null) throw new Error('the database of the tests did not start; what it said stands above');
  project.provide('databaseServerUrl', String(said[0]).trim());
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
