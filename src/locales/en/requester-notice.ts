import type { OperationState } from '../../domain/operation.ts';
import { type Text, text } from '../text.ts';

/** To whoever asked for something that was decided or found out later: the beginning of the line, before what it was. */
export const requesterWords: Readonly<Record<OperationState, Text>> = {
  succeeded: text`**It is done:**`,
  failed: text`**It did not happen:**`,
  unknown: text`**It is not known yet whether it happened:**`,
  pending: text`**It is under way:**`,
  awaiting_approval: text`**It waits for approval:**`,
};
