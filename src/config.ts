/** What Steward is told from outside: the only reader of the environment. `.env.example` is this, with its comments. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { KIND_NAMES, KINDS, type PanelSettings } from './panels/registry.ts';

export interface Config {
  readonly discordToken: string;
  /** Null: Discord's own. */
  readonly discordApiUrl: string | null;
  /** The guilds served; the first is home. */
  readonly guildIds: readonly [string, ...string[]];
  /** Discord users of rank owner. */
  readonly ownerIds: readonly string[];
  /** Null: the embedded server, on `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly panels: readonly ConfiguredPanel[];
  readonly httpHost: string;
  /** 0: any free port. */
  readonly httpPort: number;
  /** Null: one is kept in `dataDir`. */
  readonly secretKey: string | null;
  readonly logLevel: LogLevel;
  readonly locale: 'en';
  readonly timeZone: string;
}

/** One panel, and what Steward does for it beside. */
export interface ConfiguredPanel extends PanelSettings {
  /** Whether Steward keeps credits for it, if it is of a kind that has none. */
  readonly credits: 'house' | 'off';
}

/** One setting that keeps Steward from starting. */
export interface ConfigFault {
  readonly variable: string;
  /** Goes on after the variable's name, such as "is missing". */
  readonly problem: string;
  /** What to do, as a sentence. */
  readonly mend: string;
}

/** Every fault at once, so that nobody has to mend them one start at a time. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ variable, problem, mend }) => `${variable} ${problem}. ${mend}`).join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** The shape of Discord's ids. https://docs.discord.com/developers/reference#snowflakes */
const SNOWFLAKE = /^\d{17,20}$/;
/** Panel ids stand in stored references for ever, and in the names of variables. */
const PANEL_ID = /^[a-z][a-z0-9_]{0,15}$/;

const list = (entry: RegExp, problem: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => entry.test(part)), problem)
    .refine((parts) => new Set(parts).size === parts.length, 'names one of them twice');

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `is not an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

/** By name only: `+01:00` lies east of Greenwich to JavaScript, and west of it to PostgreSQL. */
const isTimeZone = (name: string) => {
  try {
    return /^[A-Z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** Each variable with the mend of its faults, in the order of `.env.example`. */
export const VARIABLES = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/, 'has blanks in it')
    .describe('Copy it from https://discord.com/developers/applications: your application, Bot, Reset Token.'),
  GUILD_IDS: list(SNOWFLAKE, 'is not a list of Discord ids').describe(
    'Right-click your server in Discord (developer mode on), Copy Server ID; several with commas, home first.',
  ),
  OWNER_IDS: list(SNOWFLAKE, 'is not a list of Discord ids').describe(
    'Right-click yourself in Discord (developer mode on), Copy User ID; several with commas.',
  ),
  PANELS: list(PANEL_ID, 'is not a list of panel ids')
    .default(['main'])
    .describe('Write ids such as main,eu: a small letter, then up to 15 small letters, digits or underscores.'),
  DATABASE_URL: url(['postgres:', 'postgresql:'])
    .optional()
    .describe('Write postgres://user:password@host:5432/database, or leave it out.'),
  DATA_DIR: z.string().default('./data').describe('Write the path of a folder.'),
  SECRET_KEY: z
    .string()
    .min(32, 'is shorter than 32 characters')
    .optional()
    .describe(
      'Write what "openssl rand -base64 32" prints, and keep it: what was sealed with it opens with nothing else.',
    ),
  DISCORD_API_URL: url(['https:', 'http:'])
    .optional()
    .describe('Write the address of the proxy, such as http://127.0.0.1:3000/api, or leave it out.'),
  HTTP_HOST: z
    .string()
    .regex(/^\S+$/, 'is not an address')
    .default('127.0.0.1')
    .describe('Write the address to listen on, such as 127.0.0.1.'),
  HTTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is not a port')
    .transform(Number)
    .refine((port) => port <= 65_535, 'is not a port')
    .default(8080)
    .describe('Write a number from 1 to 65535, or 0 for any free port.'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, 'is not a log level')
    .default('info')
    .describe(`Write one of ${LOG_LEVELS.join(', ')}.`),
  LOCALE: z.enum(['en'], 'is not a language that Steward speaks').default('en').describe('Write en.'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not a time zone')
    .default('UTC')
    .describe('Write its IANA name, such as Europe/Berlin.'),
});

/** What every panel may be told, as `PANEL_<ID>_<NAME>`; what else depends on its kind. */
export const PANEL_VARIABLES = z.object({
  KIND: z.enum(KIND_NAMES, 'is not a kind of panel').describe(`Write one of ${KIND_NAMES.join(', ')}.`),
  LABEL: z
    .string()
    .max(50, 'is longer than 50 characters')
    .optional()
    .describe('Write what people call the panel, or leave it out.'),
  CREDITS: z
    .enum(['house', 'off'], 'is neither house nor off')
    .default('house')
    .describe('Write off if Steward is to keep no credits for a panel that has none.'),
});

/** The process's environment, and what `.env` in the working folder adds to it. */
export function readEnvironment(): Environment {
  try {
    return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return process.env;
    throw new ConfigError([
      { variable: '.env', problem: 'cannot be read', mend: 'Let the user who starts Steward read it.' },
    ]);
  }
}

/** @throws ConfigError with every fault. */
export function readConfig(environment: Environment): Config {
  // `NAME=` in a file means that nothing is said.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = VARIABLES.safeParse(given);
  const faults = parsed.success ? [] : faultsOf(VARIABLES, parsed.error, given);
  const panelIds = VARIABLES.shape.PANELS.safeParse(given.PANELS).data;
  const panels = panelIds ? readPanels(panelIds, given, faults) : [];
  if (given.DATABASE_URL !== undefined && given.SECRET_KEY === undefined) {
    faults.push({
      variable: 'SECRET_KEY',
      problem: 'is missing, which a DATABASE_URL needs',
      mend: mendOf(VARIABLES, 'SECRET_KEY'),
    });
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const { data } = parsed;
  const [home = '', ...guildIds] = data.GUILD_IDS;
  return {
    discordToken: data.DISCORD_TOKEN,
    discordApiUrl: data.DISCORD_API_URL ?? null,
    guildIds: [home, ...guildIds],
    ownerIds: data.OWNER_IDS,
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.DATA_DIR,
    panels,
    httpHost: data.HTTP_HOST,
    httpPort: data.HTTP_PORT,
    secretKey: data.SECRET_KEY ?? null,
    logLevel: data.LOG_LEVEL,
    locale: data.LOCALE,
    timeZone: data.TIME_ZONE,
  };
}

function readPanels(ids: readonly string[], given: Environment, faults: ConfigFault[]): readonly ConfiguredPanel[] {
  const read = ids.map((id) => readPanel(id, given, faults));
  const known = new Set(read.flatMap(({ variables }) => variables));
  for (const variable of Object.keys(given).filter((name) => name.startsWith('PANEL_') && !known.has(name))) {
    faults.push({
      variable,
      problem: 'is not a setting of any panel in PANELS',
      mend: `Correct its name or remove it; there are ${[...known].join(', ')}.`,
    });
  }
  return read.flatMap(({ settings }) => settings ?? []);
}

/** One panel's settings, null where they have faults, and the names of all variables that it may have. */
function readPanel(
  id: string,
  given: Environment,
  faults: ConfigFault[],
): { readonly settings: ConfiguredPanel | null; readonly variables: readonly string[] } {
  const prefix = `PANEL_${id.toUpperCase()}_`;
  const said = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
  // The one panel of somebody who said nothing of panels.
  const all = { ...(given.PANELS === undefined ? { KIND: 'builtin' } : {}), ...said };
  const parsed = PANEL_VARIABLES.safeParse(all);
  const kind = KINDS[parsed.data?.KIND ?? 'builtin'];
  const variables = Object.keys({ ...PANEL_VARIABLES.shape, ...kind.variables.shape }).map((name) => prefix + name);
  if (!parsed.success) {
    faults.push(...faultsOf(PANEL_VARIABLES, parsed.error, said, prefix));
    // Of an unknown kind nobody knows what else it may be told.
    return { settings: null, variables: [...variables, ...Object.keys(said).map((name) => prefix + name)] };
  }
  const values = kind.variables.safeParse(all);
  const fault = values.success ? kind.fault(values.data) : null;
  if (!values.success) faults.push(...faultsOf(kind.variables, values.error, said, prefix));
  if (fault) faults.push({ ...fault, variable: prefix + fault.variable, mend: mendOf(kind.variables, fault.variable) });
  if (!values.success || fault) return { settings: null, variables };
  const { KIND, LABEL, CREDITS } = parsed.data;
  return { settings: { id, kind: KIND, label: LABEL ?? id, credits: CREDITS, values: values.data }, variables };
}

function faultsOf(schema: z.ZodObject, error: z.ZodError, said: Environment, prefix = ''): ConfigFault[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const problem = said[name] === undefined ? 'is missing' : issue.message;
    return { variable: prefix + name, problem, mend: mendOf(schema, name) };
  });
}

function mendOf(schema: z.ZodObject, name: string): string {
  return schema.shape[name]?.description ?? '';
}
