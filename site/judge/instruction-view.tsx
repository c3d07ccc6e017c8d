import type { CodePlace } from '../../generated/types/check-report.ts';
import { Fragment, type JSX } from 'preact';
import { MARK_TEXTS, type Mark } from './listing-marks.ts';
import { MarkText } from './mark-text.tsx';
import { placeName } from './place-name.ts';
import { useCurrentRow } from './use-current-row.ts';

interface InstructionViewProps {
  readonly code: readonly CodePlace[];
  readonly marks: ReadonlyMap<number, Mark>;
  readonly insn: number | undefined;
  readonly onInsns: (insns: readonly number[]) => void;
}

/** The instructions of a program, each line of the source before those that come from it. */
export function InstructionView({ code, marks, insn, onInsns }: InstructionViewProps): JSX.Element {
  const list = useCurrentRow(insn);
  return (
    <div class="listing" ref={list}>
      <table>
        <tbody>
          {code.map((place, index) => {
            const mark = marks.get(place.insn) ?? 'none';
            const before = code[index - 1];
            const isNewLine = place.source !== undefined && !isSameLine(before?.source, place.source);
            return (
              <Fragment key={place.insn}>
                {isNewLine && (
                  <tr class="source-line">
                    <th scope="row">{''}</th>
                    <td>
                      <code>
                        {placeName(place)} {place.source?.text.trim()}
                      </code>
                    </td>
                  </tr>
                )}
                <tr class={mark} aria-current={place.insn === insn ? 'step' : undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      class="link"
                      aria-label={`instruction ${String(place.insn)}${mark === 'none' ? '' : `, ${MARK_TEXTS[mark]}`}`}
                      onClick={() => {
                        onInsns([place.insn]);
                      }}
                    >
                      {place.insn}
                    </button>
                  </th>
                  <td>
                    <code>{place.instruction}</code>
                    <MarkText mark={mark} />
                  </td>
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type Source = CodePlace['source'];

function isSameLine(one: Source, other: Source): boolean {
  return one?.file === other?.file && one?.line === other?.line;
}
