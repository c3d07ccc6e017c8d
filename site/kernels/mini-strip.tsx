import type { JSX } from 'preact';
import type { Ranges } from '../data/explorer-data.ts';
import { runsOf, type Run, type Slot } from './timeline.ts';

const WIDTH = 5;
const HEIGHT = 10;

/** Which kernels have something, at a glance; the words beside it say the same. */
export function MiniStrip({
  timeline,
  ranges,
}: {
  readonly timeline: readonly Slot[];
  readonly ranges: Ranges;
}): JSX.Element {
  const width = timeline.length * WIDTH;
  const paths: Record<Run['kind'], string> = { held: '', absent: '', unknown: '' };
  let at = 0;
  for (const { kind, slots } of runsOf(timeline, ranges)) {
    const length = slots.length * WIDTH;
    paths[kind] +=
      kind === 'held'
        ? `M${String(at)} 0h${String(length)}v${String(HEIGHT)}h-${String(length)}z`
        : `M${String(at + 1)} ${String(HEIGHT / 2)}h${String(length - 2)}`;
    at += length;
  }
  return (
    <svg
      class="mini-strip"
      viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
    >
      <path class="mini-strip-absent" d={paths.absent} />
      <path class="mini-strip-unknown" d={paths.unknown} />
      <path class="mini-strip-held" d={paths.held} />
    </svg>
  );
}
