import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Match, Route } from './router.ts';

/** Requests a bucket allows, and in how many milliseconds it is full again. */
interface Allowance {
  limit: number;
  windowMs: number;
}

interface Bucket {
  used: number;
  resetsAtMs: number;
}

/** A request beyond a limit. */
export interface Exceeded {
  retryAfterSeconds: number;
  global: boolean;
}

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const GLOBAL: Allowance = { limit: 50, windowMs: 1_000 };
/** Discord publishes no numbers for its buckets; these are what its headers say for the routes in question. */
const COMMON: Allowance = { limit: 50, windowMs: 1_000 };
const ALLOWANCES: Partial<Record<string, Allowance>> = {
  'POST /channels/:channelId/messages': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 5_000 },
  'DELETE /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 1_000 },
  'POST /users/@me/channels': { limit: 10, windowMs: 10_000 },
  'GET /guilds/:guildId/members/:userId': { limit: 5, windowMs: 1_000 },
  'PUT /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
  'DELETE /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
};
const WEBHOOK: Allowance = { limit: 5, windowMs: 2_000 };
const SWEEP_AT = 10_000;

/** Counts requests per bucket and says so in the headers, as Discord does. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  readonly #global: Bucket = { used: 0, resetsAtMs: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one request and writes its headers. Returns by what it exceeds a limit, if it does. */
  spend(match: Match, response: ServerResponse): Exceeded | null {
    const { route, params } = match;
    // A callback is limited by its token's life alone.
    if (route.path.startsWith('/interactions/')) return null;
    const isInteraction = route.path.startsWith('/webhooks/');
    if (!isInteraction && !this.#take(this.#global, GLOBAL)) return this.#exceeded(this.#global, true);

    const name = `${route.method} ${route.path}`;
    const allowance = isInteraction ? WEBHOOK : (ALLOWANCES[name] ?? COMMON);
    const key = `${isInteraction ? 'webhook' : name}:${params.channelId ?? params.guildId ?? params.token ?? ''}`;
    const bucket = this.#bucket(key);
    const isWithin = this.#take(bucket, allowance);
    writeHeaders(response, route, allowance, bucket, this.#clock.now());
    return isWithin ? null : this.#exceeded(bucket, false);
  }

  #take(bucket: Bucket, { limit, windowMs }: Allowance): boolean {
    const nowMs = this.#clock.now();
    if (bucket.resetsAtMs <= nowMs) {
      bucket.used = 0;
      bucket.resetsAtMs = nowMs + windowMs;
    }
    if (bucket.used >= limit) return false;
    bucket.used += 1;
    return true;
  }

  #exceeded({ resetsAtMs }: Bucket, global: boolean): Exceeded {
    return { retryAfterSeconds: (resetsAtMs - this.#clock.now()) / 1_000, global };
  }

  #bucket(key: string): Bucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    if (this.#buckets.size >= SWEEP_AT) this.#sweep();
    const bucket: Bucket = { used: 0, resetsAtMs: 0 };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #sweep(): void {
    const nowMs = this.#clock.now();
    for (const [key, { resetsAtMs }] of this.#buckets) if (resetsAtMs <= nowMs) this.#buckets.delete(key);
  }
}

const hashes = new WeakMap<Route, string>();

function writeHeaders(
  response: ServerResponse,
  route: Route,
  { limit }: Allowance,
  bucket: Bucket,
  nowMs: number,
): void {
  let hash = hashes.get(route);
  if (hash === undefined) {
    hash = createHash('md5').update(`${route.method} ${route.path}`).digest('hex');
    hashes.set(route, hash);
  }
  response.setHeader('x-ratelimit-bucket', hash);
  response.setHeader('x-ratelimit-limit', limit);
  response.setHeader('x-ratelimit-remaining', limit - bucket.used);
  response.setHeader('x-ratelimit-reset', (bucket.resetsAtMs / 1_000).toFixed(3));
  response.setHeader('x-ratelimit-reset-after', ((bucket.resetsAtMs - nowMs) / 1_000).toFixed(3));
}
