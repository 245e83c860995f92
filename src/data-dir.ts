/** The folder of what Steward keeps itself, closed to everyone else. */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from './config.ts';

/** @throws ConfigError when it cannot be made or closed. */
export async function openDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await chmod(dataDir, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const mend = 'Name a folder that belongs to the user who starts Steward.';
    throw new ConfigError([{ variable: 'DATA_DIR', problem: `cannot be used (${why})`, mend }]);
  }
}

/** The secret key that is kept in the folder, made at the first start. Two processes that make it at once end up with the same one. */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'secret-key');
  const made = `${file}.${randomUUID()}`;
  await writeFile(made, randomBytes(32).toString('base64url'), { mode: 0o600 });
  // Linking fails where a key is already, and never shows a key that is half written.
  await link(made, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(made);
  return await readFile(file, 'utf8');
}
