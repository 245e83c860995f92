import type { Account, AccountReference } from '../../domain/account.ts';
import { isBlank } from '../../domain/blank.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Panel, PanelError } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan } from './plan.ts';

/** Longest message, in characters: it must fit in a direct message with what stands around it. */
export const MESSAGE_LENGTH = 1_500;

/** How a message reaches the person behind an account: by what the panel offers, else by a direct message to the linked member. */
export type Route = 'panel' | 'direct';

interface Notification {
  readonly text: string;
  readonly memberId: string | null;
}

/** What came of a message: by which way it went. */
export interface Notified extends AccountChange {
  readonly by: Route;
}

/** The title of what is sent. The rest are the team's own words. */
const TITLE = 'A message from the team';

export const NOTIFY: VerbDefinition<Notification, Notified> = {
  verb: 'account.notify',
  traits: (panel) => panel.notifications?.traits ?? { idempotent: true, proof: 'state', settleAfterMs: 0, effects: [] },
  async plan(ctx, target, { text }) {
    const loaded = await loadForChange(ctx, ['notify.send'], accountOf(target));
    const memberId = loaded.facts.member?.userId ?? null;
    if (routeTo(loaded.panel, memberId) === null) throw refuse('notify.nobody', {});
    return accountPlan(ctx, loaded, {
      permissions: ['notify.send'],
      input: { text, memberId },
      personal: { text },
    });
  },
  async effect({ panel, before: account, input: { text, memberId } }, change, { messenger }) {
    if (!account) throw new Error('a message goes to an account that there is');
    if (panel.notifications) {
      await panel.notifications.notify(account.id, { title: TITLE, text }, change);
      return { before: account, account, by: 'panel' };
    }
    const arrived = await messenger.tell(memberId ?? '', { title: TITLE, text }, change.reference);
    if (arrived === 'closed')
      throw new PanelError('rejected', 'none', 'direct messages are closed', { detail: 'closed' });
    return { before: account, account, by: 'direct' };
  },
  result: (work, now) => ({ before: work.before, account: now, by: work.panel.notifications ? 'panel' : 'direct' }),
  account: ({ account }) => account,
  refusal: (error) => (error.detail === 'closed' ? refuse('notify.closed', {}) : null),
};

/** Sends a message to the person behind an account. @throws Refusal `notify.nobody`, `notify.closed` */
export async function notifyAccount(
  ctx: Context,
  { target, text }: { target: AccountReference; text: string },
): Promise<Outcome<Notified>> {
  return operate(ctx, NOTIFY, target, { text: checkMessage(text), memberId: null });
}

export interface NotificationPreview {
  readonly account: Account;
  readonly panelLabel: string;
  readonly memberId: string | null;
  readonly by: Route;
  readonly text: string;
}

/** What would be sent, and by which way. Sends nothing. @throws Refusal as {@link notifyAccount} */
export async function previewNotification(
  ctx: Context,
  { target, text }: { target: AccountReference; text: string },
): Promise<NotificationPreview> {
  const { panel, account, facts } = await loadForChange(ctx, ['notify.send'], target);
  const memberId = facts.member?.userId ?? null;
  const by = routeTo(panel, memberId);
  if (by === null) throw refuse('notify.nobody', {});
  return { account, panelLabel: panel.label, memberId, by, text: checkMessage(text) };
}

function routeTo(panel: Panel, memberId: string | null): Route | null {
  if (panel.notifications) return 'panel';
  return memberId === null ? null : 'direct';
}

function checkMessage(text: string): string {
  const trimmed = text.trim();
  if (isBlank(trimmed)) throw refuse('input.invalid', { field: 'text', problem: 'missing' });
  if ([...trimmed].length > MESSAGE_LENGTH)
    throw refuse('input.invalid', { field: 'text', problem: 'too_long', detail: String(MESSAGE_LENGTH) });
  return trimmed;
}
