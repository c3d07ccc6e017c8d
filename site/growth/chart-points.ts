import type { Slot } from '../kernels/timeline.ts';

/** A point of a chart. */
export interface ChartPoint {
  readonly version: string;
  /** Undefined where nothing is known. */
  readonly value: number | undefined;
  readonly x: number;
  readonly y: number;
}

export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  /** The value at the top. */
  readonly top: number;
}

/** Points from left to right, the first and the last half a step from the edges; y grows downwards. */
export function chartPoints(
  timeline: readonly Slot[],
  valueOf: (position: number) => number,
  { width, height, top }: ChartFrame,
): readonly ChartPoint[] {
  const step = width / Math.max(1, timeline.length);
  return timeline.map(({ version, position }, index) => {
    const value = position === undefined ? undefined : valueOf(position);
    return { version, value, x: (index + 0.5) * step, y: value === undefined ? height : height * (1 - value / top) };
  });
}

/** A path through the points that are known, in pieces: it ends before what is not known. */
export function solidPath(points: readonly ChartPoint[]): string {
  let isDrawing = false;
  return points
    .flatMap(({ value, x, y }) => {
      if (value === undefined) {
        isDrawing = false;
        return [];
      }
      const command = isDrawing ? 'L' : 'M';
      isDrawing = true;
      return [`${command}${rounded(x)} ${rounded(y)}`];
    })
    .join('');
}

/** The path over what is not known, from the last point that is to the next. */
export function bridgePath(points: readonly ChartPoint[]): string {
  const known = points.flatMap((point, index) => (point.value === undefined ? [] : [{ ...point, index }]));
  return known
    .flatMap((point, at) => {
      const next = known[at + 1];
      return next === undefined || next.index === point.index + 1
        ? []
        : [`M${rounded(point.x)} ${rounded(point.y)}L${rounded(next.x)} ${rounded(next.y)}`];
    })
    .join('');
}

/** A round number that is not below the largest value, and the lines to draw below it. */
export function ticksFor(largest: number): readonly number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, largest)));
  const step = [0.2, 0.5, 1, 2].map((each) => each * size).find((each) => largest / each <= 5) ?? size * 2;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
