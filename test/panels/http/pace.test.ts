import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPace, type Pace } from '../../../src/panels/http/pace.ts';

const WINDOW_MS = 250;
/** A turn is noted a little after it came, and clocks round; what comes too early comes at once. */
const ROUNDING_MS = 60;

const pacer = (perMinute: number) => createPace(perMinute, { windowMs: WINDOW_MS });
const never = () => new AbortController().signal;
const turn = (pace: Pace, background = false, signal = never()) => pace.turn({ signal, background });

/** Takes turns all at once, and says when each came. */
async function timesOf(pace: Pace, count: number, background = false): Promise<number[]> {
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await turn(pace, background);
      times.push(performance.now());
    }),
  );
  return times;
}

function expectAtMost(times: readonly number[], count: number): void {
  for (const [index, time] of times.entries()) {
    const earlier = times[index - count];
    if (earlier !== undefined) expect(time - earlier).toBeGreaterThanOrEqual(WINDOW_MS - ROUNDING_MS);
  }
}

describe('the pace towards a panel', () => {
  it('never passes what the panel allows in any minute, however many want a turn', async () => {
    expectAtMost(await timesOf(pacer(4), 11), 4);
  });

  it('leaves people half of it, whatever nobody waits for', async () => {
    const pace = pacer(4);
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const background = Array.from({ length: 5 }, () => turn(pace, true).then(note('background')));
    await Promise.all([turn(pace).then(note('person')), turn(pace).then(note('person'))]);
    expect(order.filter((name) => name === 'background').length).toBeLessThanOrEqual(2);
    await Promise.all(background);
    expectAtMost(await timesOf(pacer(4), 5, true), 2);
  });

  it('saves nothing up in the background while people take all of it', async () => {
    const pace = pacer(4);
    const gone = new AbortController();
    const people = Array.from({ length: 12 }, () => turn(pace));
    const times: number[] = [];
    const background = Array.from({ length: 8 }, () => turn(pace, true).then(() => times.push(performance.now())));
    // Whoever gives up takes nobody's place.
    const given = Array.from({ length: 4 }, () => turn(pace, true, gone.signal).catch(() => null));
    gone.abort();
    await Promise.all([...people, ...background, ...given]);
    expectAtMost(times, 2);
  });

  it('waits a little longer than a minute, by which a panel may count the first of them later than it was sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const pace = createPace(1);
    await turn(pace);
    let isThere = false;
    void turn(pace).then(() => {
      isThere = true;
    });
    await vi.advanceTimersByTimeAsync(60_500);
    expect([isThere, pace.left()]).toEqual([false, 0]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(isThere).toBe(true);
  });

  it('lets one request a minute through in the background where the panel allows no more', async () => {
    expectAtMost(await timesOf(pacer(1), 2, true), 1);
  });

  it('lets people go first who came last', async () => {
    const pace = pacer(2);
    await turn(pace);
    await sleep(WINDOW_MS / 2);
    await turn(pace);
    // Of the two turns one comes back before the other.
    const order: string[] = [];
    const background = turn(pace, true).then(() => order.push('background'));
    await sleep(10);
    await Promise.all([background, turn(pace).then(() => order.push('person'))]);
    expect(order).toEqual(['person', 'background']);
  });

  it.each([false, true])('takes no turn for whoever stopped waiting (in the background: %s)', async (background) => {
    const pace = pacer(1);
    await turn(pace);
    const patience = new AbortController();
    const waits = turn(pace, background, patience.signal);
    const alsoWaits = turn(pace, background, patience.signal);
    patience.abort(new Error('no patience'));
    await expect(waits).rejects.toThrow('no patience');
    await expect(alsoWaits).rejects.toThrow('no patience');
    await expect(turn(pace, background, patience.signal)).rejects.toThrow('no patience');
    await expect.poll(() => pace.left()).toBe(1);
  });

  it('says how many requests are left', async () => {
    const pace = pacer(3);
    expect(pace.perMinute).toBe(3);
    expect(pace.left()).toBe(3);
    await turn(pace);
    await turn(pace, true);
    expect(pace.left()).toBeLessThanOrEqual(2);
    await expect.poll(() => pace.left()).toBe(3);
  });

  it('rests for as long as the panel says, and no shorter for a shorter rest', async () => {
    const pace = pacer(100);
    const from = performance.now();
    pace.rest(300);
    pace.rest(10);
    expect(pace.left()).toBe(0);
    await Promise.all([turn(pace), turn(pace, true)]);
    expect(performance.now() - from).toBeGreaterThanOrEqual(300 - ROUNDING_MS);
    await expect.poll(() => pace.left()).toBeGreaterThan(0);
  });
});
