import { OutOfReach } from '../services/notices/notice.ts';

/** What Discord answered when it did not do what it was asked. Never holds the address, which has the interaction's token in it. */
export class DiscordError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Discord's own code, such as 10062; null where the answer had none. */
  readonly code: number | null;

  constructor(action: string, status: number, code: number | null, detail: string, cause?: unknown) {
    super(`${action}: ${status === 0 ? detail : `${status} ${detail}`}`, { cause });
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
  }
}

/** @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const UNKNOWN_WEBHOOK = 10_015;
const UNKNOWN_MESSAGE = 10_008;
const UNKNOWN_INTERACTION = 10_062;
const ALREADY_ACKNOWLEDGED = 40_060;
const INVALID_WEBHOOK_TOKEN = 50_027;

/** The interaction can no longer be answered: three seconds without an acknowledgement, or fifteen minutes after it. */
export function isExpired(error: unknown): boolean {
  if (!(error instanceof DiscordError)) return false;
  return error.code === UNKNOWN_INTERACTION || error.code === UNKNOWN_WEBHOOK || error.code === INVALID_WEBHOOK_TOKEN;
}

/** There is no place any more for an answer that was promised: its time has passed, or somebody took away what it was to stand in. */
export function isTooLate(error: unknown): boolean {
  return isExpired(error) || isGone(error);
}

/** Discord could not be reached, failed itself, or wanted more patience than there was: it may take the same later. */
export function isUnheard(error: unknown): boolean {
  if (error instanceof OutOfReach) return true;
  return error instanceof DiscordError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** It has been acknowledged before: by an attempt of ours whose answer was lost, or by another process. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordError && error.code === ALREADY_ACKNOWLEDGED;
}

/** The message is not there any more. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordError && error.code === UNKNOWN_MESSAGE;
}
