import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** One file of each part of the house, which stands for all of it. */
const PARTS = {
  domain: 'src/domain/account.ts',
  locales: 'src/locales/text.ts',
  store: 'src/store/connect.ts',
  port: 'src/panels/panel.ts',
  'panel registry': 'src/panels/registry.ts',
  'kinds of panels': 'src/panels/kind.ts',
  'panel client': 'src/panels/http/client.ts',
  'panel guard': 'src/panels/guard/guard.ts',
  'built-in panel': 'src/panels/builtin/panel.ts',
  'other panel': 'src/panels/other/panel.ts',
  views: 'src/views/view.ts',
  services: 'src/services/context.ts',
  'services in a folder': 'src/services/credits/grant.ts',
  command: 'src/discord/command.ts',
  discord: 'src/discord/bot.ts',
  gateway: 'src/discord/gateway/gateway.ts',
  jobs: 'src/jobs/jobs.ts',
  health: 'src/health/server.ts',
  config: 'src/config.ts',
  main: 'src/main.ts',
  commands: 'commands/user/view.ts',
  'local Discord': 'sandbox/discord/server.ts',
  'web client': 'sandbox/web/connection.ts',
  'doubles of panels': 'sandbox/panels/double.ts',
} as const;

type Part = keyof typeof PARTS;

/** What each part may know of the others. What is not named here is refused. */
const ALLOWED: Readonly<Partial<Record<Part, readonly Part[]>>> = {
  domain: [],
  locales: ['domain'],
  store: ['domain'],
  port: ['domain'],
  'panel client': ['kinds of panels', 'port', 'domain'],
  'panel guard': ['port', 'domain'],
  'other panel': ['kinds of panels', 'panel client', 'port', 'domain'],
  'built-in panel': ['kinds of panels', 'port', 'domain', 'store'],
  views: ['domain', 'locales'],
  services: ['services in a folder', 'port', 'store', 'domain'],
  'services in a folder': ['services', 'port', 'store', 'domain'],
  discord: ['command', 'gateway', 'services', 'services in a folder', 'views', 'domain', 'locales', 'port'],
  gateway: ['services', 'services in a folder', 'views', 'domain', 'locales', 'port'],
  commands: ['command', 'services', 'services in a folder', 'views', 'domain', 'locales'],
  jobs: ['services', 'services in a folder', 'domain', 'store'],
  'local Discord': ['web client', 'doubles of panels'],
  'web client': ['local Discord', 'doubles of panels'],
  'doubles of panels': ['local Discord', 'web client'],
};

/** Packages that reach out of the house, with the parts of it that may hold them; the sandbox may hold any. */
const PACKAGES: Readonly<Record<string, readonly Part[]>> = {
  postgres: ['store', 'built-in panel'],
  'pg-boss': ['jobs'],
  'drizzle-orm': ['store'],
  fastify: [],
  ky: ['panel client'],
  'p-queue': ['panel client'],
  cockatiel: ['panel guard'],
  undici: ['discord', 'gateway'],
  '@discordjs/rest': ['discord', 'gateway'],
  'discord-api-types/v10': ['discord', 'gateway'],
  'node:fs/promises': ['store', 'services', 'services in a folder', 'discord', 'gateway'],
};

let house: string;
/** Probes that the linter refuses, by file name. */
let refused: ReadonlySet<string>;

const probes: { readonly file: string; readonly from: Part; readonly to: string; readonly allowed: boolean }[] = [];
for (const [from, allowed] of Object.entries(ALLOWED) as [Part, readonly Part[]][]) {
  const folder = path.dirname(PARTS[from]);
  for (const [to, target] of Object.entries(PARTS) as [Part, string][]) {
    if (to === from) continue;
    probes.push({ file: `${folder}/probe-${probes.length}.ts`, from, to: target, allowed: allowed.includes(to) });
  }
  if (folder.startsWith('sandbox/')) continue;
  for (const [name, holders] of Object.entries(PACKAGES)) {
    probes.push({ file: `${folder}/probe-${probes.length}.ts`, from, to: name, allowed: holders.includes(from) });
  }
}

function specifier(file: string, to: string): string {
  if (!to.endsWith('.ts')) return to;
  const relative = path.relative(path.dirname(file), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

beforeAll(async () => {
  house = await mkdtemp(path.join(tmpdir(), 'steward-layers-'));
  for (const name of ['biome.json', 'biome.layers.json', '.gitignore'])
    await cp(path.join(root, name), path.join(house, name));
  for (const { file, to } of probes) {
    const target = path.join(house, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, `export * from '${specifier(file, to)}';\n`);
  }
  refused = await lint(house);
});
afterAll(() => rm(house, { recursive: true, force: true }));

/** The files that break a rule of the layers. */
async function lint(folder: string): Promise<ReadonlySet<string>> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none', folder];
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  // It exits with 1 because there is something to complain of.
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(
    (error: { stdout: string }) => error,
  );
  const { diagnostics }: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
  return new Set(diagnostics.map(({ location }) => path.relative(folder, path.resolve(folder, location.path))));
}

describe('the layers', () => {
  it.each(Object.keys(ALLOWED) as Part[])('let %s import what it stands on and nothing else', (part) => {
    const wrong = probes
      .filter(({ from, file, allowed }) => from === part && refused.has(file) === allowed)
      .map(({ to, allowed }) => `${to} is ${allowed ? 'refused' : 'let in'}`);
    expect(wrong).toEqual([]);
  });

  it('have a place for every folder of the source', async () => {
    const entries = await readdir(path.join(root, 'src'), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `src/${name}/`);
    const known = Object.values(PARTS);
    expect(folders.filter((folder) => !known.some((file) => file.startsWith(folder)))).toEqual([]);
  });
});
