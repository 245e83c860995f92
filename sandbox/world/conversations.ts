import type { CHANNEL_IDS } from './ids.ts';

export interface Line {
  /** User name of the speaker. */
  by: string;
  text: string;
}

/** A few lines said in one go. */
export interface Conversation {
  channel: keyof typeof CHANNEL_IDS;
  daysAgo: number;
  /** Hour of the day (UTC) in which it began. */
  hour: number;
  lines: readonly Line[];
}

const say = (by: string, text: string): Line => ({ by, text });

const talk = (channel: Conversation['channel'], daysAgo: number, hour: number, ...lines: Line[]): Conversation => ({
  channel,
  daysAgo,
  hour,
  lines,
});

/** The talk of a small hosting company's community, oldest first. */
export const CONVERSATIONS: readonly Conversation[] = [
  talk(
    'welcome',
    212,
    9,
    say(
      'ada',
      '**Welcome to Harbour Hosting** ⚓\nWe run game and web servers for people who would rather play than patch. Ask in the support channel; somebody from the team is usually around.',
    ),
    say(
      'ada',
      'Your credits, your account and your servers: `/account view` shows them, here or in a message to Steward.',
    ),
  ),
  talk(
    'announcements',
    143,
    10,
    say(
      'tomasz',
      'New machines arrived from the harbour. *Pier 3* takes new servers from tonight; nobody needs to move.',
    ),
  ),
  talk(
    'general',
    121,
    18,
    say('oskar', 'finally migrated my modpack over, 240 mods and it still boots in under two minutes'),
    say('greta', 'how much memory does that eat?'),
    say('oskar', '11 GB on a good day'),
    say('eoin', 'and on a bad day it is a kettle'),
  ),
  talk(
    'support',
    96,
    14,
    say('hugo', 'My server says *invoice overdue* but I paid on Friday?'),
    say('sam', 'Bank transfers take until Monday, I can see yours coming. I will ask for it to be looked at.'),
    say('lena.vogt', 'Booked just now, should be green.'),
    say('hugo', 'It is, thanks both!'),
  ),
  talk(
    'announcements',
    88,
    9,
    say('ada', 'Sam joins the team as a helper. Be as kind to him as he has been to you all year.'),
  ),
  talk(
    'general',
    88,
    10,
    say('keiko', 'congratulations Sam 🎉'),
    say('sam', 'thank you! I promise to keep answering too fast'),
    say('wren', 'well deserved'),
  ),
  talk(
    'showcase',
    74,
    19,
    say('alex', 'Our class finished the town hall. Every pupil built one window.'),
    say('priya_n', 'that is lovely. Which one is yours?'),
    say('alex', 'The crooked one on the left. Obviously.'),
  ),
  talk(
    'accounting',
    61,
    11,
    say('lena.vogt', 'Quarter is closed. Two refunds are open, both from the outage in spring.'),
    say('mira', 'I will write to both today.'),
  ),
  talk(
    'staff',
    58,
    13,
    say('tomasz', 'Power cut on pier 2 last night, 02:10 to 03:25. UPS held for forty minutes, then it did not.'),
    say('mira', 'How many are affected?'),
    say('tomasz', '37 servers, 29 customers. I put the list into the wiki.'),
    say('ada', 'Everybody on it gets fifty credits. Reason: power cut. Mira, can you start from the top?'),
    say('mira', 'On it.'),
  ),
  talk(
    'announcements',
    57,
    16,
    say(
      'ada',
      'Last night pier 2 lost power for over an hour. Whoever was affected finds **50 credits** on their account. We are sorry.',
    ),
  ),
  talk(
    'general',
    57,
    17,
    say('jakub', 'that was quick, thank you'),
    say('rosa', 'I did not even notice the outage 😄'),
    say('pavel', 'noticed the credits though'),
  ),
  talk(
    'support',
    44,
    15,
    say('haruka', 'Can I have a second server on the same account?'),
    say('sam', 'Yes. Your plan has room for two; under *Create* in the panel.'),
    say('haruka', 'found it, ありがとう'),
  ),
  talk(
    'leadership',
    40,
    12,
    say('ada', 'Budget for pier 4: yes or no by the end of the month.'),
    say('tomasz', 'Yes, if we keep the old switches another year.'),
  ),
  talk(
    'showcase',
    33,
    20,
    say('rustam', 'A speedrun leaderboard for our guild, updates itself every minute'),
    say('nils', 'you should sell this'),
    say('rustam', 'I would first have to be fast'),
  ),
  talk(
    'staff',
    29,
    10,
    say('priya_n', 'A chargeback came in for dmitri.k, 25 €.'),
    say('mira', 'Suspending until it is settled. I wrote to him.'),
    say('lena.vogt', 'He answered me: bank made a mistake, will reverse it.'),
    say('mira', 'Good. I lift it when the money is back.'),
  ),
  talk(
    'general',
    24,
    21,
    say('yael', 'שבת שלום לכולם'),
    say('farid', 'مساء الخير'),
    say('xenia', 'καλησπέρα!'),
    say('vito', 'this channel needs a map'),
  ),
  talk(
    'support',
    19,
    16,
    say('chiara', 'Backups from before the update: do they still restore?'),
    say('sam', 'They do. Tick *keep the world* or it starts from an empty one.'),
    say('chiara', 'you just saved my weekend'),
  ),
  talk(
    'announcements',
    15,
    9,
    say('tomasz', 'Maintenance on Thursday, 04:00 to 05:00 UTC. Servers on pier 1 restart once.'),
  ),
  talk(
    'general',
    12,
    19,
    say('zoe', 'does anybody else read the announcements with a harbour master voice'),
    say('eoin', 'ever since you said it, aye'),
  ),
  talk(
    'staff',
    9,
    14,
    say('mira', 'Steward is in. It posts one line for everything that it changes to the audit channel.'),
    say('ada', 'Finally. No more editing balances in the panel by hand.'),
    say('sam', 'And I can look up accounts, but not touch credits?'),
    say('mira', 'Right. Ask it why, it will even tell you.'),
  ),
  talk(
    'support',
    6,
    17,
    say('jo', 'Hi! I made an account on the website, do I have to link it here?'),
    say('sam', 'You do not have to, but then `/account` knows you. Somebody from the team can link you.'),
    say('jo', 'would be great, no hurry'),
  ),
  talk('accounting', 4, 10, say('lena.vogt', 'The reversal for dmitri.k has arrived.')),
  talk(
    'general',
    3,
    18,
    say('maja', 'new mob update on the class server tonight?'),
    say('alex', 'at seven, bring a shield'),
    say('quinn', 'bringing two'),
  ),
  talk(
    'support',
    1,
    13,
    say('alex', 'We had another short outage this morning, around nine. The whole class was online 😬'),
    say('sam', 'I see it, pier 2 again. Mira looks after the credits, I told her.'),
    say('alex', 'no rush, thank you'),
  ),
  talk(
    'staff',
    1,
    15,
    say('sam', 'Alex from the class server lost twenty minutes this morning. Could somebody give them 50 for it?'),
    say('mira', 'Will do first thing tomorrow.'),
    say('priya_n', 'And somebody please link Jo.'),
  ),
];
