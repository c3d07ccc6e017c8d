import type { CodePlace } from '../../generated/types/check-report.ts';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { InstructionView } from './instruction-view.tsx';
import { instructionMarks } from './listing-marks.ts';
import { placeName } from './place-name.ts';
import { PathView } from './path-view.tsx';
import type { ProgramReport } from './protocol.ts';
import { sourceTexts } from './source-lines.ts';
import { SourceView } from './source-view.tsx';
import { StepView } from './step-view.tsx';
import { VerdictView } from './verdict-view.tsx';

/** How the program is listed. */
export type Listing = 'source' | 'instructions';

interface ProgramViewProps {
  readonly report: ProgramReport;
  /** The step of the walk that is shown; undefined: the last of a path, the first of a whole walk. */
  readonly step: number | undefined;
  readonly listing: Listing;
  readonly onStep: (step: number) => void;
  readonly onListing: (listing: Listing) => void;
}

/** The verdict on one program: why, the way there, and every step of it with the registers. */
export function ProgramView({ report, step, listing, onStep, onListing }: ProgramViewProps): JSX.Element {
  const { result, code, path, walk } = report;
  const sources = useMemo(() => sourceTexts(code), [code]);
  const marks = useMemo(() => instructionMarks(report), [report]);
  const last = walk.steps.length - 1;
  const current = Math.max(0, Math.min(step ?? (walk.kind === 'path' ? last : 0), last));
  const insn = walk.steps[current]?.insn;
  const showInsns = (insns: readonly number[]): void => {
    const found = walk.steps.findLastIndex((each) => insns.includes(each.insn));
    if (found !== -1) onStep(found);
  };
  const isSource = listing === 'source' && sources.length > 0;
  return (
    <>
      <VerdictView
        result={result}
        onInsn={(at) => {
          showInsns([at]);
        }}
      />
      {code.length > 0 && (
        <div class="program">
          <div class="program-listing">
            {sources.length > 0 && (
              <fieldset class="choice">
                <legend>Show</legend>
                {(['source', 'instructions'] as const).map((each) => (
                  <label key={each}>
                    <input
                      type="radio"
                      name="listing"
                      checked={(each === 'source') === isSource}
                      onChange={() => {
                        onListing(each);
                      }}
                    />{' '}
                    {each}
                  </label>
                ))}
              </fieldset>
            )}
            {isSource ? (
              <SourceView sources={sources} marks={marks} insn={insn} onInsns={showInsns} />
            ) : (
              <InstructionView code={code} marks={marks} insn={insn} onInsns={showInsns} />
            )}
          </div>
          <div class="program-steps">
            {walk.steps.length > 0 && (
              <StepView
                walk={walk}
                place={placeAt(code, insn)}
                step={current}
                onStep={onStep}
                nameOf={(at) => {
                  const place = placeAt(code, at);
                  return place === undefined ? `instruction ${String(at)}` : placeName(place);
                }}
              />
            )}
            <PathView path={path} omitted={result.path_omitted ?? 0} step={current} onStep={onStep} />
          </div>
        </div>
      )}
    </>
  );
}

function placeAt(code: readonly CodePlace[], insn: number | undefined): CodePlace | undefined {
  return code.find((place) => place.insn === insn);
}
