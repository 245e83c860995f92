import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('what Node compiled is kept beside the packages, wherever Steward is started from', async () => {
  const preload = pathToFileURL(path.resolve('src/compile-cache.js')).href;
  const ask = 'process.getBuiltinModule("node:module").getCompileCacheDir() ?? "none"';
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, '--print', ask], { cwd: '/' });
  expect(path.relative(path.resolve('node_modules/.cache/steward'), stdout.trim())).not.toContain('..');
});
