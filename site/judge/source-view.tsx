import type { JSX } from 'preact';
import { MARK_TEXTS, strongest, type Mark } from './listing-marks.ts';
import { MarkText } from './mark-text.tsx';
import type { SourceText } from './source-lines.ts';
import { useCurrentRow } from './use-current-row.ts';

interface SourceViewProps {
  readonly sources: readonly SourceText[];
  readonly marks: ReadonlyMap<number, Mark>;
  /** The instruction of the step that is shown. */
  readonly insn: number | undefined;
  readonly onInsns: (insns: readonly number[]) => void;
}

/** The source of a program, with the lines that the way leads by. */
export function SourceView({ sources, marks, insn, onInsns }: SourceViewProps): JSX.Element {
  const list = useCurrentRow(insn);
  return (
    <div class="listing" ref={list}>
      {sources.map(({ file, lines }) => (
        <section key={file} aria-label={file}>
          <h3>{file}</h3>
          <table>
            <tbody>
              {lines.map(({ number, text, insns }, index) => {
                const mark = strongest(insns, marks);
                const isCurrent = insn !== undefined && insns.includes(insn);
                const follows = index === 0 || lines[index - 1]?.number === number - 1;
                return (
                  <tr
                    key={number}
                    class={`${mark}${follows ? '' : ' gap'}`}
                    aria-current={isCurrent ? 'step' : undefined}
                  >
                    <th scope="row">
                      <button
                        type="button"
                        class="link"
                        aria-label={`line ${String(number)}${mark === 'none' ? '' : `, ${MARK_TEXTS[mark]}`}`}
                        onClick={() => {
                          onInsns(insns);
                        }}
                      >
                        {number}
                      </button>
                    </th>
                    <td>
                      <code>{text.replaceAll('\t', '  ')}</code>
                      <MarkText mark={mark} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
