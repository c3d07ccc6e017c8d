import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgePath, chartPoints, solidPath, ticksFor } from '../../../site/growth/chart-points.ts';
import { timelineOf } from '../../../site/kernels/timeline.ts';

const points = chartPoints(timelineOf(['v6.0', 'v6.1', 'v6.3']), (position) => [0, 50, 100][position] ?? 0, {
  width: 40,
  height: 10,
  top: 100,
});

describe('a chart', () => {
  it('has a point a version, and none of what is not known', () => {
    expect(points.map(({ version, value, x, y }) => [version, value, x, y])).toEqual([
      ['v6.0', 0, 5, 10],
      ['v6.1', 50, 15, 5],
      ['v6.2', undefined, 25, 10],
      ['v6.3', 100, 35, 0],
    ]);
  });

  it('draws what is known, and bridges what is not', () => {
    expect(solidPath(points)).toBe('M5 10L15 5M35 0');
    expect(bridgePath(points)).toBe('M15 5L35 0');
  });

  it('has at most six lines, the highest not below the largest value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (largest) => {
        const ticks = ticksFor(largest);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
    expect(ticksFor(721)).toEqual([0, 200, 400, 600, 800]);
  });
});
