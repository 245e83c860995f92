import { type Account, formatReference } from '../domain/account.ts';
import type { Money } from '../domain/money.ts';
import { FACETS, type Verb } from '../domain/operation.ts';
import { fieldWords } from '../locales/en/fields.ts';
import { limitWords } from '../locales/en/limits.ts';
import { deltaWords, doneWords, numberWords } from '../locales/en/operations.ts';
import { outcomeWords } from '../locales/en/outcome.ts';
import { serverWords } from '../locales/en/servers.ts';
import { undoLabel } from '../locales/en/settlement.ts';
import { amount, join, mention, type Text, text, untrusted } from '../locales/text.ts';
import { titleOf } from './account-card.ts';
import type { MaskedAccount } from './masked-account.ts';
import { linkedOr, type OperationFacts } from './operation-line.ts';
import { button, buttonRows, lines, paragraph, run, subtext } from './parts.ts';
import type { RelatedOperation } from './record-facts.ts';
import type { Block, Button, Invocation, OptionValues, Tone, View } from './view.ts';

/** A finished operation on an account whose linked member is `memberId`. */
export interface DoneFacts {
  readonly operation: RelatedOperation;
  readonly account: MaskedAccount;
  /** What people call its panel, where several are connected. */
  readonly panelLabel?: string | null;
  /** How taking it back is answered; null for what cannot be taken back. */
  readonly undo: 'private' | 'public' | null;
}

const TONES: Readonly<Partial<Record<Verb, Tone>>> = {
  'account.suspend': 'warning',
  'account.schedule_deletion': 'bad',
  'account.delete': 'bad',
};

/** `+50 · 120 → 170 · Power cut · #1043`, and taken back `−50 · 170 → 120 · takes back #1043 · #1050`. */
export function creditsOutcome(
  done: DoneFacts,
  move: { readonly delta: Money; readonly before: Money; readonly after: Money },
): View<'masked'> {
  const { operation } = done;
  return outcomeView(
    done,
    join([
      text`**${deltaWords(move.delta)}**`,
      outcomeWords.moved(amount(move.before), amount(move.after)),
      linkedOr(operation, reasonOf(operation)),
      numberWords(operation.number),
    ]),
  );
}

/** `+2 · 3 → 5 servers · Event prize · #1045` */
export function limitOutcome(
  done: DoneFacts,
  move: { readonly by: number; readonly before: number; readonly after: number },
): View<'masked'> {
  const { operation } = done;
  return outcomeView(
    done,
    join([
      text`**${limitWords.by(move.by)}**`,
      limitWords.moved(move.before, move.after),
      linkedOr(operation, reasonOf(operation)),
      numberWords(operation.number),
    ]),
  );
}

/** `Suspended · Chargeback · #1044`; of an edit the fields that changed, never their values. */
export function accountOutcome(done: DoneFacts, details: AccountDetails = {}): View<'masked'> {
  const { operation, account } = done;
  const { verb, number, delta, dueAt } = operation;
  const changed = details.changed ?? [];
  const { suspendedServers = 0 } = account.details;
  const staying = details.serversStay ? serverWords.stay : null;
  const goesOn = verb === 'account.unsuspend' && (suspendedServers > 0 || staying !== null);
  const what: Readonly<Partial<Record<Verb, Text | null>>> = {
    'account.create': delta === null || delta.minor === 0n ? null : outcomeWords.credits(amount(delta)),
    'account.edit': changed.length === 0 ? null : join(changed.map(fieldWords), ', '),
    'account.suspend': suspendedServers > 0 ? serverWords.suspended(suspendedServers) : null,
    'account.unsuspend': suspendedServers > 0 ? serverWords.stillSuspended(suspendedServers) : staying,
    'account.role': account.roles.length === 0 ? null : untrusted(account.roles.join(', '), 100),
  };
  return outcomeView(
    done,
    join([
      text`**${doneWords[verb]}**`,
      what[verb] ?? null,
      dueAt === null ? null : outcomeWords.until(verb, dueAt),
      details.linked === false ? outcomeWords.notLinked : null,
      linkedOr(operation, reasonOf(operation)),
      numberWords(number),
    ]),
    goesOn ? [button(serverWords.show, run('user servers', { account: formatReference(referenceOf(account)) }))] : [],
  );
}

function reasonOf({ reason }: DoneFacts['operation']): Text | null {
  return reason === null || reason === '' ? null : untrusted(reason, 300);
}

/** What an answer says beside the verb itself. */
export interface AccountDetails {
  readonly changed?: readonly ChangedField[];
  /** False: an account was made for a member, but could not be linked to them. */
  readonly linked?: boolean;
  /** Lifting its suspension leaves its servers as they are, and it has some. */
  readonly serversStay?: boolean;
}

/** Fields whose change an answer names. */
export type ChangedField = 'email' | 'username' | 'name';

export function changedFields(before: Account, after: Account): readonly ChangedField[] {
  return (['email', 'username', 'name'] as const).filter((field) => before[field] !== after[field]);
}

/** @param more buttons for what may have to be done next */
export function outcomeView(done: DoneFacts, words: Text, more: readonly Button[] = []): View<'masked'> {
  const { operation, account, undo } = done;
  return {
    visibility: 'masked',
    tone: TONES[operation.verb] ?? 'good',
    blocks: [
      paragraph(lines([words, subtext(outcomeWords.by(whoseWhere(done), operation.actorId))])),
      ...buttonRows([
        openCard(referenceOf(account)),
        ...more,
        ...(undo === null ? [] : [button(undoLabel, run('undo', { operation: operation.number }, undo))]),
      ]),
    ],
    audience: 'accounts.view',
  };
}

type AskedOperation = OperationFacts & { readonly memberId: string | null };

/** Whose account it is about; null for one that there is not yet. */
function concerning({ memberId, actorId }: AskedOperation, account: MaskedAccount | null): Text | null {
  return account && subtext(outcomeWords.by(whose(account, memberId), actorId));
}

/** What is and what is not known of an operation that the panel gave no clear answer to. */
export function unknownView(
  operation: AskedOperation,
  account: MaskedAccount | null,
  panelLabel: string,
): View<'masked'> {
  const { verb, delta, number, reason, target } = operation;
  const facet = FACETS[verb];
  return {
    visibility: 'masked',
    tone: 'info',
    status: 'unknown',
    blocks: [
      paragraph(lines([outcomeWords.unknown(verb, deedOf(delta, reason), number), concerning(operation, account)])),
      paragraph(
        join(
          [
            outcomeWords.unknownNext(text`**${untrusted(panelLabel, 40)}**`),
            facet === null ? null : outcomeWords.rests(facet),
          ],
          ' ',
        ),
      ),
      ...(target === null ? [] : cardButton(target)),
    ],
    audience: 'accounts.view',
  };
}

/** It waits until somebody else has approved it. */
export function waitingView(
  operation: AskedOperation & { readonly dueAt: Date | null },
  account: MaskedAccount | null,
): View<'masked'> {
  const { verb, delta, number, reason, target, dueAt } = operation;
  return {
    visibility: 'masked',
    tone: 'info',
    status: 'waiting',
    blocks: [
      paragraph(
        lines([
          outcomeWords.waiting(verb, deedOf(delta, reason), number),
          concerning(operation, account),
          dueAt === null ? null : subtext(outcomeWords.waitingUntil(dueAt)),
        ]),
      ),
      ...(target === null ? [] : cardButton(target)),
    ],
    audience: 'accounts.view',
  };
}

/** Somebody did the same a moment ago: *Do it anyway* runs it again as the same intent, *Leave it* ends it. */
export function askView(
  repeat: { readonly verb: Verb; readonly number: number; readonly actorId: string; readonly at: Date },
  again: { readonly command: string; readonly options: OptionValues; readonly answer: Invocation['answer'] },
): View<'private'> {
  const typed = again.options.amount;
  const deed = typed === undefined ? text`` : text` (${untrusted(String(typed), 40)})`;
  const anyway: Invocation = { ...run(again.command, again.options, again.answer), inherits: true, once: 'confirm' };
  const leave: Invocation = { ...run('leave', {}, 'update'), once: 'confirm' };
  return {
    visibility: 'private',
    tone: 'warning',
    status: 'waiting',
    blocks: [
      paragraph(
        lines([
          outcomeWords.ask(repeat.actorId, repeat.at, repeat.number, repeat.verb, deed),
          subtext(outcomeWords.askNothing),
        ]),
      ),
      ...buttonRows([button(outcomeWords.doItAnyway, anyway, 'danger'), button(outcomeWords.leaveIt, leave)]),
    ],
  };
}

export function leftView(): View<'private'> {
  return { visibility: 'private', tone: 'neutral', blocks: [paragraph(outcomeWords.left)] };
}

function whoseWhere({ operation, account, panelLabel = null }: DoneFacts): Text {
  return join([whose(account, operation.memberId), panelLabel === null ? null : untrusted(panelLabel, 40)]);
}

/** By name and, where it is linked, by the member, whose own name says the rest. */
function whose(account: MaskedAccount, memberId: string | null): Text {
  return memberId === null ? titleOf(account) : join([untrusted(account.username, 40), mention(memberId)]);
}

function referenceOf({ panel, id }: MaskedAccount) {
  return { panel, accountId: id };
}

function cardButton(reference: { readonly panel: string; readonly accountId: string }): readonly Block[] {
  return buttonRows([openCard(reference)]);
}

function openCard(reference: { readonly panel: string; readonly accountId: string }): Button {
  return button(outcomeWords.openCard, run('user view', { account: formatReference(reference) }));
}

function deedOf(delta: Money | null, reason: string | null): Text {
  const parts = [
    delta === null ? null : deltaWords(delta),
    reason === null || reason === '' ? null : untrusted(reason, 100),
  ];
  return parts.some((part) => part !== null) ? text` (${join(parts)})` : text``;
}
