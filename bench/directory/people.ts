/** A directory of many people: some names are common, as everywhere, and every username is somebody's alone. */
import type { Store } from '../../src/store/connect.ts';

const FIRST = [
  ...[
    'maria',
    'marco',
    'mark',
    'martin',
    'marta',
    'anna',
    'andrea',
    'andreas',
    'anton',
    'hanna',
    'johanna',
    'johannes',
  ],
  ...[
    'julia',
    'jules',
    'stefan',
    'stella',
    'steven',
    'alex',
    'alexa',
    'oliver',
    'olga',
    'peter',
    'petra',
    'lena',
    'leon',
  ],
  ...[
    'noah',
    'emma',
    'finn',
    'mira',
    'tariq',
    'yuki',
    'zoe',
    'boris',
    'carla',
    'dana',
    'erik',
    'felix',
    'greta',
    'ivan',
  ],
];
const LAST = [
  ...['schmidt', 'schneider', 'schulz', 'schwarz', 'mueller', 'meyer', 'weber', 'wagner', 'becker', 'hoffmann', 'koch'],
  ...[
    'richter',
    'klein',
    'wolf',
    'neumann',
    'braun',
    'krause',
    'lange',
    'werner',
    'winter',
    'sommer',
    'berg',
    'lindberg',
  ],
  ...[
    'novak',
    'silva',
    'santos',
    'rossi',
    'moreau',
    'dubois',
    'tanaka',
    'okafor',
    'ivanov',
    'kowalski',
    'jensen',
    'larsen',
  ],
];

/** What is typed, by how often it is found, and of how many characters. */
export const INPUTS = {
  common: {
    1: ['m', 'a', 's', 'j', 'l'],
    2: ['ma', 'an', 'st', 'jo', 'sc'],
    3: ['mar', 'ann', 'sch', 'joh', 'ber'],
    8: ['mariasch', 'schneide', 'annabeck', 'johannes', 'hoffmann'],
  },
  rare: {
    1: ['q', 'x', '#', '%', 'w'],
    2: ['qu', 'xe', 'zo', 'yu', '_a'],
    3: ['qui', 'xer', 'zzz', 'vxq', '9_a'],
    // Each but the last is the username of one account, of those that even the smallest directory has.
    8: ['mariaschmidt0', 'mariamueller4', 'marcowagner7', 'zoekoch901', 'qqqqqqqq'],
  },
} as const;

export type Frequency = keyof typeof INPUTS;
export const LENGTHS = [1, 2, 3, 8] as const;
export type Length = (typeof LENGTHS)[number];

/** The person at one position: in SQL below the same. */
export function personAt(position: number): { readonly username: string; readonly email: string } {
  const first = FIRST[position % FIRST.length] ?? '';
  const last = LAST[(Math.floor(position / 7) + position * 31) % LAST.length] ?? '';
  return { username: `${first}${last}${position}`, email: `${first}.${last}${position}@example.com` };
}

/** So many at once that no statement takes as long as the store lets one take. */
const BATCH = 20_000;

/** Fills the directory of the panel `main`, which has to be empty. */
export async function fillDirectory({ sql }: Store, accounts: number): Promise<void> {
  for (let from = 0; from < accounts; from += BATCH) {
    await sql`
      insert into directory (panel, account_id, email, username, name, status, roles, verified, balance_minor, unit_code,
        unit_scale, created_at, seen_at)
      select 'main', position::text, first || '.' || last || position || '@example.com', first || last || position,
        initcap(first) || ' ' || initcap(last), case when position % 50 = 0 then 'suspended' else 'active' end, '{customer}',
        position % 3 > 0, position * 37 % 100000, 'credits', 2, now() - position * interval '1 minute', now()
      from generate_series(${from}::bigint, ${Math.min(from + BATCH, accounts)}::bigint - 1) as position,
        lateral (select (${FIRST}::text[])[1 + position % ${FIRST.length}::integer] as first,
          (${LAST}::text[])[1 + (position / 7 + position * 31) % ${LAST.length}::integer] as last) as names`;
  }
}
