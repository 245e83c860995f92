import type { ServerResponse } from 'node:http';
import type { Match, RestReply } from './router.ts';

/** Counts requests as Discord does. */
export interface RateLimits {
  /** Counts one request and writes its headers; a reply where it exceeds a limit. */
  spend(match: Match | null, response: ServerResponse): RestReply | null;
}
