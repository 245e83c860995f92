import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ConfigError, type Environment, PANEL_VARIABLES, readConfig, VARIABLES } from '../src/config.ts';
import { KIND_NAMES, KINDS, type KindName } from '../src/panels/registry.ts';

const complete = { DISCORD_TOKEN: 'token', GUILD_IDS: '100000000000000001', OWNER_IDS: '100000000000000002' };

function faultsOf(environment: Environment): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

test('the token, the guilds and the owners are all that has to be said', () => {
  expect(readConfig(complete)).toEqual({
    discordToken: 'token',
    discordApiUrl: null,
    guildIds: ['100000000000000001'],
    ownerIds: ['100000000000000002'],
    databaseUrl: null,
    dataDir: './data',
    panels: [{ id: 'main', kind: 'builtin', label: 'main', credits: 'house', values: {} }],
    httpHost: '127.0.0.1',
    httpPort: 8080,
    secretKey: null,
    logLevel: 'info',
    locale: 'en',
    timeZone: 'UTC',
  });
});

test.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is a time zone', (name) => {
  expect(readConfig({ ...complete, TIME_ZONE: name }).timeZone).toBe(name);
});

test('an offset is no time zone, because the database reads its sign the other way round', () => {
  expect(faultsOf({ ...complete, TIME_ZONE: '+01:00' })).toEqual([
    expect.stringMatching(/^TIME_ZONE is not a time zone/),
  ]);
});

test('every fault is named at once, each with its mend', () => {
  const faults = faultsOf({ GUILD_IDS: 'my server', HTTP_PORT: '80a', DATABASE_URL: 'mysql://x', TIME_ZONE: 'Berlin' });
  expect(faults).toEqual([
    expect.stringMatching(/^DISCORD_TOKEN is missing\. Copy it from https:/),
    expect.stringMatching(/^GUILD_IDS is not a list of Discord ids\. Right-click your server/),
    expect.stringMatching(/^OWNER_IDS is missing\. Right-click yourself/),
    expect.stringMatching(
      /^DATABASE_URL is not an address that begins with postgres:\/\/ or postgresql:\/\/\. Write postgres:/,
    ),
    expect.stringMatching(/^HTTP_PORT is not a port\. Write a number/),
    expect.stringMatching(/^TIME_ZONE is not a time zone\. Write its IANA name/),
    expect.stringMatching(/^SECRET_KEY is missing, which a DATABASE_URL needs\. Write what "openssl/),
  ]);
});

test.each([
  [{ DISCORD_TOKEN: '' }, 'DISCORD_TOKEN is missing'],
  [{ DISCORD_TOKEN: 'Bot abc' }, 'DISCORD_TOKEN has blanks in it'],
  [{ OWNER_IDS: '100000000000000002,100000000000000002' }, 'OWNER_IDS names one of them twice'],
  [{ GUILD_IDS: '100000000000000001,' }, 'GUILD_IDS is not a list of Discord ids'],
  [{ HTTP_PORT: '65536' }, 'HTTP_PORT is not a port'],
  [{ SECRET_KEY: 'short' }, 'SECRET_KEY is shorter than 32 characters'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is not a log level'],
  [{ DISCORD_API_URL: 'ftp://x' }, 'DISCORD_API_URL is not an address'],
])('%o is refused', (said, fault) => {
  expect(faultsOf({ ...complete, ...said })).toEqual([expect.stringContaining(fault)]);
});

/** What a panel of each kind must be told. */
const NEEDED: Readonly<Record<KindName, Environment>> = {
  builtin: {},
  pterodactyl: { PANEL_P_URL: 'https://panel.example.com/shop/', PANEL_P_TOKEN: 'ptla_secret' },
  ctrlpanel: { PANEL_P_URL: 'https://panel.example.com/shop/', PANEL_P_TOKEN: 'secret' },
};

describe.each(KIND_NAMES)('a panel of the kind %s', (kind) => {
  const needed = { ...complete, PANELS: 'p', PANEL_P_KIND: kind, ...NEEDED[kind] };
  const variables = Object.keys(NEEDED[kind]);

  test('needs its own settings and no more', () => {
    expect(readConfig(needed).panels).toEqual([expect.objectContaining({ id: 'p', kind, label: 'p' })]);
    for (const variable of variables) {
      const faults = faultsOf({ ...needed, [variable]: '' });
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} is missing\\. (?:Write|Copy) `))]);
    }
  });

  test('is told by name of settings that only others have', () => {
    expect(faultsOf({ ...needed, PANEL_P_MOOD: 'good' })).toEqual([
      expect.stringMatching(/^PANEL_P_MOOD is not a setting of any panel in PANELS\. .+PANEL_P_KIND/),
    ]);
  });

  test.runIf('PANEL_P_URL' in NEEDED[kind])('never sends its key in plain text unless that is said', () => {
    const plainText = { ...needed, PANEL_P_URL: 'http://panel.example.com' };
    expect(faultsOf(plainText)).toEqual([
      expect.stringMatching(/^PANEL_P_URL would send the key in plain text\. .*https:\/\/.*ALLOW_HTTP/),
    ]);
    expect(faultsOf({ ...plainText, PANEL_P_ALLOW_HTTP: 'true' })).toEqual([]);
    expect(faultsOf({ ...plainText, PANEL_P_ALLOW_HTTP: 'perhaps' })).toEqual([
      expect.stringMatching(/^PANEL_P_ALLOW_HTTP is neither true nor false\. Write true if/),
    ]);
    for (const url of ['http://127.0.0.1:8080', 'http://localhost/panel', 'http://[::1]:8080']) {
      expect(faultsOf({ ...needed, PANEL_P_URL: url })).toEqual([]);
    }
    for (const url of ['panel.example.com', 'ftp://x', 'https://key@panel.example.com', 'https://x/?key=1']) {
      expect(faultsOf({ ...needed, PANEL_P_URL: url })).toEqual([
        expect.stringContaining('PANEL_P_URL is not an address that begins with https://'),
      ]);
    }
  });
});

describe('panels', () => {
  test('each is configured under its own id', () => {
    const panels = {
      PANELS: 'main, eu_1',
      PANEL_MAIN_KIND: 'builtin',
      PANEL_EU_1_KIND: 'builtin',
      PANEL_EU_1_LABEL: 'Europe',
      PANEL_EU_1_CREDITS: 'off',
    };
    expect(readConfig({ ...complete, ...panels }).panels).toEqual([
      { id: 'main', kind: 'builtin', label: 'main', credits: 'house', values: {} },
      { id: 'eu_1', kind: 'builtin', label: 'Europe', credits: 'off', values: {} },
    ]);
  });

  test.each([
    [{ PANELS: 'Main' }, 'PANELS is not a list of panel ids'],
    [{ PANELS: 'main,main', PANEL_MAIN_KIND: 'builtin' }, 'PANELS names one of them twice'],
    [{ PANELS: 'eu' }, `PANEL_EU_KIND is missing. Write one of ${KIND_NAMES.join(', ')}.`],
    [{ PANEL_MAIN_KIND: 'cpanel' }, `PANEL_MAIN_KIND is not a kind of panel. Write one of ${KIND_NAMES.join(', ')}.`],
    [{ PANEL_MAIN_CREDITS: 'on' }, 'PANEL_MAIN_CREDITS is neither house nor off'],
    [{ PANEL_MIAN_KIND: 'builtin' }, 'PANEL_MIAN_KIND is not a setting of any panel in PANELS'],
    [{ PANEL_MAIN_LABLE: 'Main' }, 'PANEL_MAIN_LABLE is not a setting of any panel in PANELS'],
  ])('%o is refused', (said, fault) => {
    expect(faultsOf({ ...complete, ...said })).toEqual([expect.stringContaining(fault)]);
  });
});

test('.env.example says every variable, in order, with its default and a comment', () => {
  const blocks = readFileSync('.env.example', 'utf8').trim().split('\n\n').slice(1);
  const said = blocks.map((block) => {
    const lines = block.split('\n');
    expect(lines.slice(0, -1).every((line) => /^# \S/.test(line))).toBe(true);
    expect(lines.length).toBeGreaterThan(1);
    return lines.at(-1);
  });
  const panel = Object.entries(PANEL_VARIABLES.shape).map(([name, schema]) =>
    name === 'KIND' ? '#PANEL_MAIN_KIND=builtin' : lineOf(`PANEL_MAIN_${name}`, schema),
  );
  const kinds = Object.entries(KINDS).flatMap(([kind, { variables }]) => {
    const prefix = `PANEL_${kind.toUpperCase()}_`;
    const own = Object.entries<z.ZodType>(variables.shape).map(([name, schema]) => lineOf(prefix + name, schema));
    // Nothing of a panel is needed by those who have none of its kind.
    return kind === 'builtin' ? own : [`#${prefix}KIND=${kind}`, ...own.map((line) => `#${line.replace(/^#/, '')}`)];
  });
  const expected = Object.entries(VARIABLES.shape).flatMap(([name, schema]) =>
    name === 'PANELS' ? [lineOf(name, schema), ...panel, ...kinds] : [lineOf(name, schema)],
  );
  expect(said).toEqual(expected);
});

function lineOf(name: string, schema: z.ZodType): string {
  const nothing = schema.safeParse(undefined);
  return nothing.success ? `#${name}=${nothing.data ?? ''}` : `${name}=`;
}

test('a start with faults says them in sentences, ends with 78, and has started nothing', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-config-'));
  const program = path.resolve('src/main.ts');
  const result = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [program], { cwd: folder, env: {} }, (error, stdout, stderr) => {
      resolve({ code: error?.code, stdout, stderr });
    });
  });
  expect(result).toMatchObject({ code: 78, stdout: '' });
  expect(result.stderr).toMatch(
    /^Steward cannot start: 3 settings are to be mended\.\n {2}DISCORD_TOKEN is missing\. Copy/,
  );
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
