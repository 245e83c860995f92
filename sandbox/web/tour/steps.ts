/** The words of the tour. */
import type { StepId } from './tour.ts';

export interface StepText {
  title: string;
  body: string;
  /** For those with a keyboard. */
  keys?: string;
  /** For those who touch. */
  touch?: string;
}

/** @param keyOf The dock's key of a sample person. */
export function stepTexts(keyOf: { mira: string; alex: string }): Record<StepId, StepText> {
  return {
    'right-click': {
      title: 'Right-click Alex',
      body: 'Find Alex in the channel or among the members, right-click the name and choose Apps → Give credits.',
      touch: 'Press and hold does it, too',
    },
    give: {
      title: 'Give 50 credits',
      body: 'Type 50, choose a reason and send. The answer shows the balance before and after, with its number.',
      keys: 'Tab moves on, Enter sends',
    },
    look: {
      title: 'See it as Alex',
      body: 'Become Alex in the dock: the messages with Steward open. There, call /account view.',
      keys: `Key ${keyOf.alex}, then /account view`,
      touch: 'The dock opens with the bars at the top',
    },
    suspend: {
      title: 'Suspend Alex',
      body: 'Be Mira again, right-click Alex and choose Apps → Suspend account. A reason is asked for, and kept.',
      keys: `Key ${keyOf.mira}, then right-click`,
    },
    ask: {
      title: 'Ask why Sam may not',
      body: 'Sam is a helper. Call /policy explain with Sam as the member and credits.grant as the permission.',
      keys: 'Tab opens the next option',
    },
  };
}
