import type { Permission, Preset } from '../domain/permission.ts';
import type { Refusal } from '../domain/refusal.ts';
import { permissionWords, presetWords } from '../locales/en/permissions.ts';
import { againstWords, policyWords } from '../locales/en/policy.ts';
import { refusalWords } from '../locales/en/refusals.ts';
import { join, mention, roleMention, type Text, text } from '../locales/text.ts';
import { type NamedAccount, titleOf } from './account-card.ts';
import {
  button,
  buttonRows,
  fitTexts,
  heading,
  lines,
  noticeView,
  numberedPages,
  paragraph,
  run,
  subtext,
} from './parts.ts';
import type { Block, View } from './view.ts';

export interface GrantFacts {
  readonly id: number;
  readonly subjectKind: 'role' | 'user';
  readonly subjectId: string;
  readonly permission: Permission | null;
  readonly preset: Preset | null;
  readonly panel: string | null;
  readonly perAct: string | null;
  readonly perDay: string | null;
}

/** So many grants stand on one page, each with its own *Revoke*. */
export const GRANTS_A_PAGE = 8;

/** All that was granted, from the `page`-th page on. */
export function grantsView(
  grants: readonly GrantFacts[],
  page: number,
  ownerIds: readonly string[],
  mayRevoke: boolean,
): View<'private'> {
  const shown = grants.slice(page * GRANTS_A_PAGE, (page + 1) * GRANTS_A_PAGE);
  const texts = fitTexts(shown, (grant) => lines([text`**${subjectOf(grant)}**`, rightsOf(grant)]));
  return {
    visibility: 'private',
    tone: 'neutral',
    blocks: [
      paragraph(
        lines([
          heading(policyWords.title),
          ownerIds.length === 0 ? null : policyWords.owners(join(ownerIds.slice(0, 10).map(mention), ', ')),
        ]),
      ),
      ...(shown.length === 0 ? emptyBlocks(mayRevoke) : []),
      ...shown.map((grant, index) => grantBlock(grant, texts[index] ?? subjectOf(grant), mayRevoke)),
      ...numberedPages({ page, pages: Math.ceil(grants.length / GRANTS_A_PAGE) }, 'policy list', {}),
    ],
  };
}

function emptyBlocks(mayGrant: boolean): readonly Block[] {
  const grant = button(policyWords.grant, run('policy grant', {}, 'form'), 'primary');
  return [paragraph(policyWords.empty), ...(mayGrant ? buttonRows([grant]) : [])];
}

function grantBlock(grant: GrantFacts, words: Text, mayRevoke: boolean): Block {
  if (!mayRevoke) return paragraph(words);
  const revoke = { ...run('policy revoke', { grant: grant.id }), once: `revoke-${grant.id}` };
  return { kind: 'section', text: words, accessory: button(policyWords.revoke, revoke) };
}

/** One line of a change of the policy: for the person who made it, and for the audit channel. */
export function grantChangedView(change: 'granted' | 'revoked', grant: GrantFacts): View<'private'> {
  return noticeView(change === 'granted' ? 'good' : 'neutral', grantLine(change, grant), [
    button('All grants', run('policy list')),
  ]);
}

export function grantLine(change: 'granted' | 'revoked', grant: GrantFacts): Text {
  return join([text`**${policyWords[change]}**`, subjectOf(grant), rightsOf(grant)]);
}

/** What somebody holds, what of it gives the permission, and what stands against it on one account. */
export interface Explanation {
  readonly memberId: string;
  readonly permission: Permission;
  readonly owner: boolean;
  /** All grants that reach this member. */
  readonly grants: readonly GrantFacts[];
  /** Those among them that give the permission. */
  readonly giving: readonly GrantFacts[];
  /** Null when they may. */
  readonly refusal: Refusal | null;
  /** The lowest preset that holds the permission; null when only an owner gives it. */
  readonly lowestPreset: Preset | null;
  /** Everybody's grants that hold it: whom to ask. */
  readonly holders: readonly GrantFacts[];
}

/** Yes or no in the first line, and under it the chain that leads there: what is held, whether it suffices, what would mend it. */
export function explanationView(explanation: Explanation, account: NamedAccount | null): View<'private'> {
  const { memberId, permission, refusal } = explanation;
  const verdict = refusal === null ? policyWords.yes(memberId, permission) : policyWords.no(memberId, permission);
  const steps = stepsOf(explanation, account !== null).map((step, index) => text`${index + 1}. ${step}`);
  return {
    visibility: 'private',
    tone: refusal === null ? 'good' : 'warning',
    blocks: [
      paragraph(lines([verdict, account === null ? null : subtext(policyWords.about(titleOf(account)))])),
      paragraph(lines([policyWords.because, ...steps])),
      ...(refusal === null ? [] : whomToAsk(explanation)),
    ],
  };
}

function stepsOf(explanation: Explanation, aboutAccount: boolean): readonly Text[] {
  const { memberId, permission, owner, grants, giving, refusal } = explanation;
  const holding = giving.length > 0 ? giving : grants;
  const steps = owner ? [policyWords.owner(memberId)] : holdingSteps(memberId, holding.slice(0, 4));
  if (refusal === null) {
    return [
      ...steps,
      ...(owner ? [] : [policyWords.includes(permission)]),
      ...(aboutAccount ? [policyWords.nothingAgainst] : []),
    ];
  }
  if (refusal.code === 'policy.denied') return [...steps, ...lackSteps(explanation)];
  return [...steps, policyWords.standsAgainst(againstWords[refusal.code] ?? refusalWords(refusal))];
}

/** "@Sam has the role @Helpers, which holds the preset Helper", for each grant. */
function holdingSteps(memberId: string, held: readonly GrantFacts[]): readonly Text[] {
  if (held.length === 0) return [policyWords.holdsNothing(memberId)];
  return held.map((grant) =>
    grant.subjectKind === 'role'
      ? policyWords.byRole(memberId, subjectOf(grant), rightsOf(grant))
      : policyWords.byUser(memberId, rightsOf(grant)),
  );
}

function lackSteps({ permission, grants, lowestPreset }: Explanation): readonly Text[] {
  return [
    ...(grants.length === 0 ? [] : [policyWords.lacks(permission)]),
    lowestPreset === null ? policyWords.mendByOwner : policyWords.mend(text`**${presetWords[lowestPreset]}**`),
  ];
}

function whomToAsk({ holders }: Explanation): readonly Block[] {
  const subjects = [...new Set(holders.map(subjectOf))].slice(0, 6);
  return subjects.length === 0 ? [] : [paragraph(subtext(policyWords.ask(join(subjects, ', '))))];
}

function subjectOf({ subjectKind, subjectId }: GrantFacts): Text {
  return subjectKind === 'role' ? roleMention(subjectId) : mention(subjectId);
}

/** `Moderator · on Main · up to 500 at once and 2000 a day` */
function rightsOf({ permission, preset, panel, perAct, perDay }: GrantFacts): Text {
  return join([
    preset !== null
      ? text`**${presetWords[preset]}**`
      : permission !== null
        ? text`the right to **${permissionWords[permission]}**`
        : null,
    panel === null ? null : policyWords.onPanel(panel),
    limitsOf(perAct, perDay),
  ]);
}

function limitsOf(perAct: string | null, perDay: string | null): Text | null {
  if (perAct !== null && perDay !== null) return policyWords.perActAndDay(perAct, perDay);
  if (perAct !== null) return policyWords.perAct(perAct);
  return perDay === null ? null : policyWords.perDay(perDay);
}
