import type { JSX } from 'preact';
import type { Catalog } from '../data/catalog.ts';
import { bridgePath, chartPoints, solidPath, ticksFor, type ChartPoint } from './chart-points.ts';

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 44;
const BOTTOM = 26;
const TOP = 22;

/** Registrations and callable kfuncs by kernel, as lines. The table below has the same numbers. */
export function GrowthChart({ catalog }: { readonly catalog: Catalog }): JSX.Element {
  const { kernels, timeline } = catalog;
  const ticks = ticksFor(Math.max(...kernels.map(({ registrations }) => registrations)));
  const frame = { width: WIDTH - LEFT, height: HEIGHT - BOTTOM - TOP, top: ticks.at(-1) ?? 1 };
  const registrations = chartPoints(timeline, (position) => kernels[position]?.registrations ?? 0, frame);
  const callable = chartPoints(timeline, (position) => kernels[position]?.callable ?? 0, frame);
  const step = frame.width / timeline.length;
  const [oldest, newest] = [kernels[0], kernels.at(-1)];
  const label = `Registrations grew from ${String(oldest?.registrations)} in ${String(oldest?.version)} to ${String(newest?.registrations)} in ${String(newest?.version)}, callable kfuncs from ${String(oldest?.callable)} to ${String(newest?.callable)}.`;
  return (
    <div class="scroller" tabIndex={0} role="region" aria-label="Chart">
      <svg class="chart" viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="img" aria-label={label}>
        <g transform={`translate(${String(LEFT)} ${String(TOP)})`}>
          {ticks.map((tick) => {
            const y = frame.height * (1 - tick / frame.top);
            return (
              <g key={tick} class="chart-tick">
                <path d={`M0 ${String(y)}h${String(frame.width)}`} />
                <text x={-8} y={y + 4} text-anchor="end">
                  {tick}
                </text>
              </g>
            );
          })}
          {registrations.map(({ version, value, x }) => (
            <g key={version}>
              {value === undefined ? (
                <rect class="chart-unknown" x={x - step / 2} y={0} width={step} height={frame.height}>
                  <title>{`nothing is known of ${version}`}</title>
                </rect>
              ) : null}
              <text class="chart-version" x={x} y={frame.height + 18} text-anchor="middle">
                {version.slice(1)}
              </text>
            </g>
          ))}
          <Series name="registrations" points={registrations} />
          <Series name="callable" points={callable} />
        </g>
      </svg>
    </div>
  );
}

function Series({ name, points }: { readonly name: string; readonly points: readonly ChartPoint[] }): JSX.Element {
  const known = points.filter(({ value }) => value !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  const word = name === 'callable' ? 'kfuncs' : name;
  return (
    <g class={`chart-series chart-${name}`}>
      <path class="chart-bridge" d={bridgePath(points)} />
      <path d={solidPath(points)} />
      {known.map(({ version, value, x, y }) => (
        <circle key={version} cx={x} cy={y} r={2.5}>
          <title>{`${version}: ${String(value)} ${word}`}</title>
        </circle>
      ))}
      {first === undefined ? null : (
        <text x={first.x} y={first.y + (name === 'callable' ? 16 : -8)} text-anchor="middle">
          {first.value}
        </text>
      )}
      {last === undefined ? null : (
        <text x={last.x + 8} y={last.y - 8} text-anchor="end">
          {`${String(last.value)} ${word}`}
        </text>
      )}
    </g>
  );
}
