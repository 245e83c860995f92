import { describe, expect, test } from 'vitest';
import { BUCKET_LIMITS, createBuckets } from '../../src/discord/buckets.ts';
import { createRedeliveryFilter } from '../../src/discord/redelivery.ts';

function bucketsAt() {
  const clock = { now: 0 };
  return { clock, buckets: createBuckets(BUCKET_LIMITS, () => clock.now) };
}

describe('one person', () => {
  test('acts ten times in any ten seconds', () => {
    const { clock, buckets } = bucketsAt();
    for (let second = 0; second < 10; second += 1) {
      clock.now = second * 500;
      buckets.act('mira')();
    }
    expect(() => buckets.act('mira')).toThrow('flood.acts');
    clock.now = 9_999;
    expect(() => buckets.act('mira')).toThrow('flood.acts');
    clock.now = 10_000;
    buckets.act('mira')();
    expect(() => buckets.act('mira')).toThrow('flood.acts');
  });

  test('has three acts running at once', () => {
    const { buckets } = bucketsAt();
    const [end] = [buckets.act('mira'), buckets.act('mira'), buckets.act('mira')];
    expect(() => buckets.act('mira')).toThrow('flood.running');
    end?.();
    expect(() => buckets.act('mira')).not.toThrow();
  });

  test('completes thirty times in ten seconds, beside the acts', () => {
    const { buckets } = bucketsAt();
    const completed = Array.from({ length: 31 }, () => buckets.complete('mira'));
    expect(completed.filter(Boolean)).toHaveLength(30);
    expect(() => buckets.act('mira')).not.toThrow();
  });

  test('does not take from another', () => {
    const { buckets } = bucketsAt();
    for (let act = 0; act < 10; act += 1) buckets.act('mira')();
    expect(() => buckets.act('sam')).not.toThrow();
  });
});

describe('an interaction', () => {
  test('is new once, for ten thousand others at least', () => {
    const filter = createRedeliveryFilter();
    expect(filter.isFirst('one')).toBe(true);
    for (let other = 0; other < 10_000; other += 1) filter.isFirst(`other ${other}`);
    expect(filter.isFirst('one')).toBe(false);
  });

  test('is forgotten in the end, so that memory is bounded', () => {
    const filter = createRedeliveryFilter(100);
    filter.isFirst('one');
    for (let other = 0; other < 200; other += 1) filter.isFirst(`other ${other}`);
    expect(filter.isFirst('one')).toBe(true);
  });
});
