import type { ROLE_IDS } from './ids.ts';

/** Somebody of Harbour Hosting. */
export interface Resident {
  username: string;
  /** Display name, as people write theirs: with emoji, in any script. */
  name: string;
  roles: readonly Exclude<keyof typeof ROLE_IDS, 'everyone' | 'bot'>[];
  nickname?: string;
  /** Absent means a member of the guild. */
  inGuild?: false;
  /** Joined today. */
  isNew?: true;
  /** Accepts no direct messages from the bot. */
  closedDms?: true;
}

/** A resident whom the sandbox lets one be, with the story under the name. */
export interface SampleResident extends Resident {
  about: string;
}

export type SampleName = 'ada' | 'tomasz' | 'mira' | 'sam' | 'alex' | 'jo' | 'robin';

export const PEOPLE: (SampleResident & { username: SampleName })[] = [
  {
    username: 'ada',
    name: 'Ada Lindqvist',
    roles: ['administrator'],
    about: 'Founded Harbour Hosting and owns the server',
  },
  {
    username: 'tomasz',
    name: 'Tomasz Wrona',
    roles: ['administrator'],
    about: 'Administrator, looks after the machines',
  },
  { username: 'mira', name: 'Mira Okafor', roles: ['moderator'], about: 'Moderator, settles what customers bring up' },
  { username: 'sam', name: 'Sam Castellanos', roles: ['helper'], about: 'Helper since spring, answers in #support' },
  { username: 'alex', name: 'Alex Berger', roles: ['member'], about: 'Member, runs a Minecraft server for a class' },
  { username: 'jo', name: 'Jo Halloran', roles: ['member'], about: 'Member, not linked to an account yet' },
  { username: 'robin', name: 'Robin', roles: [], isNew: true, about: 'A stranger, arrived today without an account' },
];

/** Everybody else. Some names are a burden to software on purpose. */
export const MEMBERS: Resident[] = [
  { username: 'lena.vogt', name: 'Lena Vogt', roles: ['accountant', 'member'] },
  { username: 'priya_n', name: 'Priya Natarajan', roles: ['moderator', 'member'] },
  { username: 'oskar', name: 'Oskar 🦦', roles: ['member'] },
  { username: 'yael', name: 'יעל כהן', roles: ['member'] },
  { username: 'rustam', name: '𝕽𝖚𝖘𝖙𝖆𝖒', roles: ['member'] },
  { username: 'starlight', name: '**star**_light_ `<@1>`', roles: ['member'] },
  { username: 'haruka', name: '春香', roles: ['member'], closedDms: true },
  { username: 'benedikt', name: 'Benedikt Auer', roles: ['member'] },
  { username: 'chiara', name: 'Chiara Fontana', roles: ['member'], nickname: 'Chia' },
  { username: 'dmitri.k', name: 'Дмитрий', roles: ['member'] },
  { username: 'eoin', name: "Eoin O'Malley", roles: ['member'] },
  { username: 'farid', name: 'فريد', roles: ['member'] },
  { username: 'greta', name: 'Greta Holm', roles: ['member'] },
  { username: 'hugo', name: 'Hugo Lefèvre', roles: ['member'] },
  { username: 'ines', name: 'Inês Duarte', roles: ['member'] },
  { username: 'jakub', name: 'Jakub', roles: ['member'] },
  { username: 'keiko', name: 'Keiko Mori', roles: ['member'] },
  { username: 'leon', name: 'Leon', roles: ['member'] },
  { username: 'maja', name: 'Maja Nowak', roles: ['member'] },
  { username: 'nils', name: 'Nils 👨‍👩‍👧‍👦', roles: ['member'] },
  { username: 'olu', name: 'Olúwaṣeun', roles: ['member'] },
  { username: 'pavel', name: 'Pavel Dvořák', roles: ['member'] },
  { username: 'quinn', name: 'Quinn', roles: ['member'] },
  { username: 'rosa', name: 'Rosa Iglesias', roles: ['member'] },
  { username: 'sven', name: 'Sven', roles: ['member'] },
  { username: 'tuyet', name: 'Tuyết', roles: ['member'] },
  { username: 'uma', name: 'Uma Krishnan', roles: ['member'] },
  { username: 'vito', name: 'Vito', roles: ['member'] },
  { username: 'wren', name: 'Wren Ashdown', roles: ['member'], nickname: 'wren (away)' },
  { username: 'xenia', name: 'Ξένια', roles: ['member'] },
  { username: 'yusuf', name: 'Yusuf Demir', roles: ['member'] },
  { username: 'zoe', name: 'Zoë', roles: ['member'] },
  { username: 'mallory', name: 'Mallory', roles: [], inGuild: false },
];
