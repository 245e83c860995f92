/** Answers that change while the work goes on. */
import { DISPATCH_WORDS } from '../locales/en/dispatch.ts';
import { paragraph, subtext } from '../views/parts.ts';
import type { View } from '../views/view.ts';
import type { Progress } from './command.ts';
import { type Delivery, deliverProgress } from './deliver.ts';
import { isTooLate } from './discord-error.ts';

export interface ProgressTiming {
  /** How often an answer is changed at most. */
  readonly everyMs: number;
  /** How long it is kept up to date. Discord takes changes for fifteen minutes. */
  readonly patienceMs: number;
}

export const PROGRESS_TIMING: ProgressTiming = { everyMs: 2_000, patienceMs: 14 * 60_000 };

export function isProgress(begun: View | Progress): begun is Progress {
  return Symbol.asyncIterator in begun;
}

/**
 * Shows how far the work has come, as often as it may be, and gives the view that is the answer. Where the message cannot be changed, Discord
 * would soon take no more, or the process stops, that is the last one there was, which then says that it is not kept up to date.
 */
export async function lastView(
  delivery: Delivery,
  progress: Progress,
  { progressTiming: timing, stopping }: { readonly progressTiming: ProgressTiming; readonly stopping: AbortSignal },
): Promise<View> {
  const patience = AbortSignal.any([stopping, AbortSignal.timeout(timing.patienceMs)]);
  const { promise: leave, resolve } = Promise.withResolvers<null>();
  patience.addEventListener('abort', () => resolve(null), { once: true });
  if (patience.aborted) resolve(null);
  const show = shower(delivery, timing);
  let last: View | null = null;
  for (;;) {
    const next = await Promise.race([progress.next(), leave]);
    if (next?.done) return next.value;
    last = next?.value ?? last;
    if (next === null || !delivery.reply.takesProgress(next.value.visibility)) {
      progress.return(last as never).catch(() => undefined);
      return leftAlone(last);
    }
    await show(next.value);
  }
}

/** Shows the first view at once. One that comes too soon after another is passed by: the next one knows more. */
function shower(delivery: Delivery, { everyMs }: ProgressTiming): (view: View) => Promise<void> {
  let shown = '';
  let shownAt = Number.NEGATIVE_INFINITY;
  let taken = true;
  return async (view) => {
    if (!taken || performance.now() - shownAt < everyMs) return;
    shownAt = performance.now();
    try {
      shown = await deliverProgress(delivery, view, shown);
    } catch (error) {
      taken = !isTooLate(error);
      delivery.services.log.debug({ error }, 'the progress of an answer could not be shown');
    }
  };
}

function leftAlone(last: View | null): View {
  const note = paragraph(subtext(DISPATCH_WORDS.leftAlone));
  return last
    ? { ...last, blocks: [...last.blocks, note] }
    : { visibility: 'private', tone: 'neutral', blocks: [note] };
}
