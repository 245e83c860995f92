/** How much one person may ask of the bot: counted in memory before anything is looked up. */
import { refuse } from '../domain/refusal.ts';

export interface BucketLimits {
  /** Commands, presses and forms of one person in one window. */
  readonly acts: number;
  /** Requests for completion of one person in one window. */
  readonly completions: number;
  readonly windowMs: number;
  /** Acts of one person that run at the same time. */
  readonly running: number;
}

export const BUCKET_LIMITS: BucketLimits = { acts: 10, completions: 30, windowMs: 10_000, running: 3 };

interface Bucket {
  /** When the last acts were, oldest first; at most as many as are allowed. */
  acts: number[];
  completions: number[];
  running: number;
}

export interface Buckets {
  /** Counts an act and returns what ends it. @throws Refusal `flood.acts`, `flood.running` */
  act(userId: string): () => void;
  /** Counts a request for completion; false when there were too many. */
  complete(userId: string): boolean;
}

export function createBuckets(limits: BucketLimits, now: () => number = () => performance.now()): Buckets {
  const buckets = new Map<string, Bucket>();
  let sweptAt = now();

  function bucketOf(userId: string): Bucket {
    sweep();
    let bucket = buckets.get(userId);
    if (!bucket) {
      bucket = { acts: [], completions: [], running: 0 };
      buckets.set(userId, bucket);
    }
    return bucket;
  }

  /** Once a window, forgets the people who were quiet for one: as many are remembered as were active lately. */
  function sweep(): void {
    const at = now();
    if (at - sweptAt < limits.windowMs) return;
    sweptAt = at;
    const quiet = (moments: readonly number[]) => (moments.at(-1) ?? Number.NEGATIVE_INFINITY) <= at - limits.windowMs;
    for (const [userId, { acts, completions, running }] of buckets) {
      if (running === 0 && quiet(acts) && quiet(completions)) buckets.delete(userId);
    }
  }

  /** False when `limit` moments lie within the window already. */
  function count(moments: number[], limit: number): boolean {
    const at = now();
    while (moments.length > 0 && (moments[0] ?? at) <= at - limits.windowMs) moments.shift();
    if (moments.length >= limit) return false;
    moments.push(at);
    return true;
  }

  return {
    act(userId) {
      const bucket = bucketOf(userId);
      if (bucket.running >= limits.running) throw refuse('flood.running', {});
      if (!count(bucket.acts, limits.acts)) throw refuse('flood.acts', {});
      bucket.running += 1;
      return () => {
        bucket.running -= 1;
      };
    },
    complete: (userId) => count(bucketOf(userId).completions, limits.completions),
  };
}
