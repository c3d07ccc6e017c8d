import type { CodePlace } from '../../generated/types/check-report.ts';
import type { JSX } from 'preact';
import { placeName } from './place-name.ts';
import type { WalkView } from './protocol.ts';

interface StepViewProps {
  readonly walk: WalkView;
  /** The instruction of the step that is shown. */
  readonly place: CodePlace | undefined;
  readonly step: number;
  readonly onStep: (step: number) => void;
  /** What an instruction is called where something refers to it. */
  readonly nameOf: (insn: number) => string;
}

/** One step of the walk: its instruction, and what is known of the registers before it. */
export function StepView({ walk, place, step, onStep, nameOf }: StepViewProps): JSX.Element {
  const { steps, omitted, kind } = walk;
  const shown = steps[step];
  const last = steps.length - 1;
  const before = shown?.followsLast === true ? steps[step - 1] : undefined;
  return (
    <section aria-labelledby="steps" class="steps">
      <h2 id="steps">Step by step</h2>
      <div class="stepper">
        <button
          type="button"
          disabled={step <= 0}
          onClick={() => {
            onStep(step - 1);
          }}
        >
          Back
        </button>
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          aria-label="Step of the walk"
          aria-valuetext={`step ${String(step + 1)} of ${String(steps.length)}`}
          onInput={(event) => {
            onStep(Number(event.currentTarget.value));
          }}
        />
        <button
          type="button"
          disabled={step >= last}
          onClick={() => {
            onStep(step + 1);
          }}
        >
          Next
        </button>
      </div>
      <p class="quiet">
        {`${String(step + 1)} of ${String(steps.length)} ${kind === 'path' ? 'on the way to the end' : 'of the walk'}`}
        {omitted > 0 && `; ${String(omitted)} ${kind === 'path' ? 'before' : 'after'} them are not shown`}
      </p>
      {shown !== undefined && (
        <>
          <p class="instruction">
            <code>
              {shown.insn}: {place?.instruction}
            </code>
            {place?.source !== undefined && <span class="quiet"> {placeName(place)}</span>}
          </p>
          {!shown.followsLast && step > 0 && <p class="quiet">A path that was put aside goes on here.</p>}
          {shown.isKnown && <p class="quiet">A state like this was walked before: the path ends here.</p>}
          {shown.references.length > 0 && (
            <p>
              Held:{' '}
              {shown.references
                .map(({ id, acquiredAt }) => `reference ${String(id)}, acquired at ${nameOf(acquiredAt)}`)
                .join('; ')}
            </p>
          )}
          <table class="registers">
            <caption>Before it{shown.frame > 0 && `, in function ${String(shown.frame)} of the stack`}</caption>
            <tbody>
              {shown.registers.map((text, number) =>
                text === NOT_WRITTEN ? null : (
                  <tr
                    key={number}
                    class={before !== undefined && before.registers[number] !== text ? 'changed' : undefined}
                  >
                    <th scope="row">R{number}</th>
                    <td>{text}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** What the engine says of a register that has no value yet. */
const NOT_WRITTEN = 'not written';
