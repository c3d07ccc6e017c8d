import { describe, expect, it } from 'vitest';
import { heldText } from '../../../site/kernels/held-text.ts';
import { rangesText, runsOf, timelineOf } from '../../../site/kernels/timeline.ts';

const VERSIONS = ['v5.18', 'v5.19', 'v6.0', 'v6.3', 'v7.0'];
const timeline = timelineOf(VERSIONS);

describe('the time line', () => {
  it('has a place for versions that have no profile', () => {
    expect(timeline.map(({ version, position }) => `${version}:${String(position)}`)).toEqual([
      'v5.18:0',
      'v5.19:1',
      'v6.0:2',
      'v6.1:undefined',
      'v6.2:undefined',
      'v6.3:3',
      'v7.0:4',
    ]);
  });

  it('has those of a new major version, too', () => {
    expect(timelineOf(['v6.19', 'v7.1']).map(({ version }) => version)).toEqual(['v6.19', 'v7.0', 'v7.1']);
  });

  it('is told in runs, and what is not known is a run of its own', () => {
    const runs = runsOf(timeline, [1, 3]).map(({ kind, slots }) => [kind, ...slots.map(({ version }) => version)]);
    expect(runs).toEqual([
      ['absent', 'v5.18'],
      ['held', 'v5.19', 'v6.0'],
      ['unknown', 'v6.1', 'v6.2'],
      ['held', 'v6.3'],
      ['absent', 'v7.0'],
    ]);
  });
});

describe('ranges in words', () => {
  it.each([
    ['nothing', [], '', ''],
    ['one kernel', [1, 1], 'v5.19', 'v5.19 only'],
    ['neighbours', [0, 1], 'v5.18–v5.19', 'v5.18 to v5.19'],
    ['over what is not known', [0, 3], 'v5.18–v6.0, v6.3', 'v5.18 to v6.3'],
    ['up to the newest', [1, 4], 'v5.19–v6.0, v6.3–v7.0', 'since v5.19'],
    ['what came again', [0, 0, 3, 4], 'v5.18, v6.3–v7.0', 'v5.18, v6.3–v7.0'],
  ])('%s', (_, ranges, whole, short) => {
    expect([rangesText(timeline, ranges), heldText(timeline, ranges)]).toEqual([whole, short]);
  });
});
