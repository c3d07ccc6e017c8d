import type { JSX } from 'preact';
import type { ProgramReport } from './protocol.ts';

interface ProgramListProps {
  readonly programs: readonly ProgramReport[];
  readonly shown: ProgramReport | undefined;
  readonly onShow: (program: number) => void;
}

/** All programs that were judged, with what became of them. */
export function ProgramList({ programs, shown, onShow }: ProgramListProps): JSX.Element {
  const count = (wanted: string): number => programs.filter(({ result }) => result.verdict === wanted).length;
  const counts = [
    [count('accept'), 'accepted'],
    [count('reject'), 'refused'],
    [count('unsupported'), 'not modelled'],
  ] as const;
  const text = counts.flatMap(([number, word]) => (number === 0 ? [] : [`${String(number)} ${word}`])).join(', ');
  return (
    <section aria-labelledby="programs">
      <h2 id="programs">
        Programs <span class="quiet">{text}</span>
      </h2>
      <ul class="programs">
        {programs.map((program, index) => {
          const { id, verdict, rule, line } = program.result;
          return (
            <li key={index}>
              <button
                type="button"
                class={verdict}
                aria-current={program === shown}
                onClick={() => {
                  onShow(index);
                }}
              >
                <code>{id}</code>{' '}
                <span class="quiet">
                  {OUTCOMES[verdict]}
                  {rule === undefined ? '' : ` · ${rule}`}
                </span>
                {line !== undefined && <span class="quiet"> · line {line}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const OUTCOMES = { accept: 'accepted', reject: 'refused', unsupported: 'not modelled' } as const;
