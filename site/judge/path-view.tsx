import type { JSX } from 'preact';
import { placeName } from './place-name.ts';
import type { PathEntry } from './protocol.ts';

interface PathViewProps {
  readonly path: readonly PathEntry[];
  /** How many earlier ones the report leaves out. */
  readonly omitted: number;
  /** The step of the walk that is shown. */
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** The way to the finding: the branches that could have gone either way, and the references. */
export function PathView({ path, omitted, step, onStep }: PathViewProps): JSX.Element | null {
  if (path.length === 0) return null;
  const passed = path.findLastIndex((each) => each.step !== undefined && each.step <= step);
  return (
    <section aria-labelledby="way">
      <h2 id="way">The way there</h2>
      {omitted > 0 && <p class="quiet">{omitted} earlier steps are left out.</p>}
      <ol class="path">
        {path.map((entry, index) => (
          <li key={index} class={entry.kind} aria-current={index === passed ? 'step' : undefined}>
            <button
              type="button"
              class="link"
              disabled={entry.step === undefined}
              onClick={() => {
                if (entry.step !== undefined) onStep(entry.step);
              }}
            >
              {placeName(entry.from)}
            </button>
            <code>{entry.from.source?.text.trim() ?? entry.from.instruction}</code>
            <span class="way">{entry.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
