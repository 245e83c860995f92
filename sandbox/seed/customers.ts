import { MEMBERS, PEOPLE } from '../world/residents.ts';
import { USER_IDS } from '../world.ts';
import type { Chance } from './random.ts';

/** An account before it has a history. */
export interface Customer {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'customer' | 'reseller' | 'supporter' | 'administrator';
  readonly verified: boolean;
  /** The Discord user it belongs to. */
  readonly memberId: string | null;
  readonly createdDaysAgo: number;
}

const ACCOUNT_COUNT = 240;
const FIRST_ID = 1001;

/** Residents who have no account: one waits to be linked, one is a stranger, one is not in the guild. */
const WITHOUT_ACCOUNT = new Set(['jo', 'robin', 'mallory']);

const GIVEN = [
  'Amara',
  'Anton',
  'Beatriz',
  'Bram',
  'Camille',
  'Caspar',
  'Dalia',
  'Deniz',
  'Elif',
  'Emil',
  'Fatou',
  'Filip',
  'Gwen',
  'Hanna',
  'Idris',
  'Ilse',
  'Ivo',
  'Jasmin',
  'Joris',
  'Kasia',
  'Kofi',
  'Liv',
  'Lorenzo',
  'Mads',
  'Marta',
  'Mehmet',
  'Mina',
  'Nadia',
  'Noor',
  'Odile',
  'Otto',
  'Pia',
  'Rafael',
  'Ravi',
  'Saskia',
  'Selin',
  'Silvan',
  'Tamsin',
  'Teo',
  'Ulla',
  'Vera',
  'Viggo',
  'Yara',
  'Zoltan',
] as const;

const FAMILY = [
  'Abel',
  'Achterberg',
  'Bianchi',
  'Brandt',
  'Caldwell',
  'Castro',
  'Dahl',
  'Demirel',
  'Eriksen',
  'Farrow',
  'Ferreira',
  'Garnier',
  'Haas',
  'Hollis',
  'Ionescu',
  'Jansen',
  'Kaplan',
  'Kovač',
  'Larsson',
  'Lindgren',
  'Marchetti',
  'Moreau',
  'Nakamura',
  'Novak',
  'Okoye',
  'Olsen',
  'Petrov',
  'Quist',
  'Rahman',
  'Rossi',
  'Sato',
  'Schuster',
  'Silva',
  'Tanaka',
  'Thorne',
  'Ueda',
  'Vance',
  'Weber',
  'Whitlock',
  'Zeman',
] as const;

const MAIL = ['example.com', 'example.net', 'example.org'] as const;

/** The first accounts belong to residents, the others to people who are not on Discord. */
export function customers(random: Chance): readonly Customer[] {
  const residents = [...PEOPLE, ...MEMBERS].filter(({ username }) => !WITHOUT_ACCOUNT.has(username));
  const taken = new Set<string>();
  const made: Customer[] = [];
  for (const { username, name, roles } of residents) {
    made.push({
      id: FIRST_ID + made.length,
      username: unique(taken, username),
      name,
      email: `${username}@${random.pick(MAIL)}`,
      role: roles.includes('administrator') ? 'administrator' : roles.includes('helper') ? 'supporter' : 'customer',
      verified: true,
      memberId: USER_IDS[username] ?? null,
      createdDaysAgo: random.integer(70, 900),
    });
  }
  while (made.length < ACCOUNT_COUNT) made.push(stranger(random, taken, FIRST_ID + made.length));
  return made;
}

function stranger(random: Chance, taken: Set<string>, id: number): Customer {
  const given = random.pick(GIVEN);
  const family = random.pick(FAMILY);
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  const username = unique(taken, `${plain(given)}.${plain(family)}`);
  return {
    id,
    username,
    name: `${given} ${family}`,
    email: `${username}@${random.pick(MAIL)}`,
    role: random.happens(0.06) ? 'reseller' : 'customer',
    verified: random.happens(0.85),
    memberId: null,
    createdDaysAgo: random.integer(2, 1_100),
  };
}

function unique(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  taken.add(name);
  return name;
}
