import { z } from 'zod';
import { PANEL_VARIABLES } from '../src/config.ts';
import { abilityWords } from '../src/locales/en/fields.ts';
import { ABILITIES, type Ability, type Panel, type Traits } from '../src/panels/panel.ts';
import { KIND_NAMES, KINDS, type KindName } from '../src/panels/registry.ts';
import { lend } from '../src/services/house/lend.ts';
import { table } from './table.ts';

/** One product that a kind of panel is, as it is before it was asked anything. */
interface Sample {
  readonly name: string;
  /** What makes it that product, beside an address and a key. */
  readonly values: Readonly<Record<string, string>>;
}

const SAMPLES: Readonly<Partial<Record<string, readonly Sample[]>>> = {
  builtin: [{ name: 'Built-in', values: {} }],
  ctrlpanel: [{ name: 'CtrlPanel.gg', values: {} }],
  pterodactyl: [
    { name: 'Pterodactyl', values: { TOKEN: 'ptla_key', DISCORD_ID: 'external_id' } },
    { name: 'Pelican', values: { TOKEN: 'papp_key', DISCORD_ID: 'external_id' } },
  ],
};

interface Shown {
  readonly name: string;
  readonly kind: KindName;
  readonly panel: Panel;
  /** The same, with what Steward keeps in its place: as staff meet it. */
  readonly lent: Panel;
}

/** No panel uses the store before it is asked something. */
const NO_STORE = { sql: undefined as never };

/** The whole page. Nothing is asked of any panel. */
export function panelsPage(): string {
  const shown = KIND_NAMES.flatMap((kind) => (SAMPLES[kind] ?? [{ name: kind, values: {} }]).map(panelOf(kind)));
  return [
    '# Panels',
    'Generated from the adapters by `npm run docs:generate`. “Steward” stands where a panel lacks it and Steward keeps it in its place. How each',
    'kind is connected, step by step, and what staff see of it, stands on a page of its own, which its part below leads to.',
    '',
    table(
      ['Ability', 'Steward can', ...shown.map(({ name }) => name)],
      ABILITIES.filter((ability) => ability !== 'receipts').map((ability) => [
        `\`${ability}\``,
        String(abilityWords(ability)),
        ...shown.map(({ panel }) => mark(panel, ability)),
      ]),
    ),
    ...shown.flatMap(panelPart),
    '## Settings',
    'Each begins with `PANEL_`, the panel’s id in capitals, and `_`: `PANEL_MAIN_URL`. Where `PANELS` is left out there is one panel, `main`, and',
    'it is built in unless `PANEL_MAIN_KIND` says otherwise.',
    '',
    '### Of every panel',
    settingsTable(PANEL_VARIABLES),
    ...KIND_NAMES.flatMap(settingsPart),
  ].join('\n');
}

function panelOf(kind: KindName): (sample: Sample) => Shown {
  return ({ name, values }) => {
    const said = KINDS[kind].variables.parse({ URL: 'https://panel.example.com', TOKEN: 'key', ...values });
    const panel = KINDS[kind].create({ id: 'main', label: name }, said, NO_STORE);
    return { name, kind, panel, lent: lend(panel, { ...NO_STORE, credits: true }) };
  };
}

function mark(panel: Panel, ability: Ability): string {
  if (panel[ability]) return '✓';
  const borrows = ability === 'credits' || ability === 'suspension' ? panel.borrows?.[ability] : undefined;
  return borrows ? 'Steward' : '–';
}

function panelPart({ name, kind, panel, lent }: Shown): string[] {
  const reasons = ABILITIES.flatMap((ability) => (mark(panel, ability) === '–' ? (panel.missing[ability] ?? []) : []));
  const missing = [...new Set(reasons)].map((why) => `- ${why}`);
  return [
    `## ${name}`,
    `Its kind is \`${kind}\`: [connecting it, and what staff see](panels/${kind}.md).`,
    '',
    ...(missing.length > 0 ? [...missing, ''] : []),
    table(['Change', 'How its outcome is found out', 'What staff read before'], changesOf(lent)),
  ];
}

const PROOFS = { reference: 'by Steward’s reference', state: 'by looking', balance: 'a person says' } as const;

function changesOf(panel: Panel): readonly (readonly string[])[] {
  return ABILITIES.flatMap((ability) => {
    const traits = traitsOf(panel, ability);
    if (!traits) return [];
    return [[`\`${ability}\``, settlingWords(ability, traits), traits.effects.join(' ') || '–']];
  });
}

function traitsOf(panel: Panel, ability: Ability): Traits | undefined {
  if (ability === 'servers') return panel.servers?.suspension?.traits;
  if (ability === 'discordLinks') return panel.discordLinks?.keeping?.traits;
  const group = panel[ability];
  return group && 'traits' in group ? group.traits : undefined;
}

/** No panel shows a password: the very same one is set again. */
function settlingWords(ability: Ability, { proof, settleAfterMs }: Traits): string {
  const how = ability === 'password' ? 'by setting the same one again' : PROOFS[proof];
  return settleAfterMs > 0 ? `${how}, after ${settleAfterMs / 1_000} s` : how;
}

function settingsPart(kind: KindName): string[] {
  const { variables } = KINDS[kind];
  return Object.keys(variables.shape).length === 0 ? [] : [`### \`${kind}\``, settingsTable(variables)];
}

function settingsTable(variables: z.ZodObject): string {
  const settings = Object.entries(variables.shape) as [string, z.ZodType][];
  return table(
    ['Setting', 'Default', 'What to write'],
    settings.map(([name, schema]) => [`\`${name}\``, defaultOf(schema), schema.description ?? '']),
  );
}

function defaultOf(schema: z.ZodType): string {
  const nothing = z.safeParse(schema, undefined);
  if (!nothing.success) return 'has to be set';
  return nothing.data === undefined ? '–' : `\`${nothing.data}\``;
}
