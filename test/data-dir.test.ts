import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keptSecretKey, openDataDir } from '../src/data-dir.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'steward-data-'));
afterAll(() => rm(folder, { recursive: true }));

test('the folder is closed to others, also when it was there before', async () => {
  await openDataDir(folder);
  await openDataDir(path.join(folder, 'deep', 'data'));
  for (const each of [folder, path.join(folder, 'deep', 'data')]) expect((await stat(each)).mode & 0o777).toBe(0o700);
});

test('a path that can be no folder is told as the setting that is wrong', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(openDataDir(path.join(file, 'data'))).rejects.toThrow(/^DATA_DIR cannot be used \(.*\)\. Name a folder/);
});

test('all who start at once have the same secret key, which nobody else can read', async () => {
  const data = path.join(folder, 'keys');
  await openDataDir(data);
  const keys = new Set(await Promise.all(Array.from({ length: 8 }, () => keptSecretKey(data))));
  expect(keys.size).toBe(1);
  expect([...keys][0]).toHaveLength(43);
  expect(await keptSecretKey(data)).toBe([...keys][0]);
  expect(await readdir(data)).toEqual(['secret-key']);
  expect((await stat(path.join(data, 'secret-key'))).mode & 0o777).toBe(0o600);
});
