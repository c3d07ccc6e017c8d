import type { CheckResult, CodePlace } from '../../generated/types/check-report.ts';
import type { JSX } from 'preact';

interface VerdictViewProps {
  readonly result: CheckResult;
  /** Shows the step at an instruction. */
  readonly onInsn: (insn: number) => void;
}

/** What the kernel says of a program, why, and what would mend it. */
export function VerdictView({ result, onInsn }: VerdictViewProps): JSX.Element {
  const { verdict, kernel, errno_name: errno, insn, insns_processed: processed, rule, message, suggestion } = result;
  return (
    <section class={`verdict ${verdict}`} aria-label="Verdict">
      <p class="verdict-line">
        <strong>{HEADINGS[verdict]}</strong>{' '}
        {verdict === 'accept'
          ? `${kernel} loads it, after ${instructions(processed)}`
          : verdict === 'reject'
            ? `${kernel} returns ${errno ?? 'an error'}${processed === 0 ? '' : `, after ${instructions(processed)}`}`
            : `nothing is claimed for ${kernel}`}
      </p>
      {message !== undefined && (
        <p>
          {message} {rule !== undefined && <code class="quiet">{rule}</code>}
        </p>
      )}
      {insn !== undefined && result.place !== undefined && (
        <PlaceLine label="here" place={result.place} onInsn={onInsn} />
      )}
      {(result.related ?? []).map((each) => (
        <PlaceLine key={each.place.insn} label={each.message} place={each.place} onInsn={onInsn} />
      ))}
      {suggestion !== undefined && (
        <p>
          <strong>Help:</strong> {suggestion}
        </p>
      )}
      {(result.maps ?? []).map(({ name, kptrs }) =>
        kptrs.map(({ offset, type, dtor, freed_by: events }) => (
          <p key={`${name} ${String(offset)}`}>
            Objects left in map <code>{name}</code>: <code>struct {type}</code>,{' '}
            {dtor === undefined ? (
              'dropped'
            ) : (
              <>
                freed by <code>{dtor}()</code>
              </>
            )}{' '}
            on {events.join(', ')}
          </p>
        )),
      )}
    </section>
  );
}

const HEADINGS = { accept: 'Accepted.', reject: 'Refused.', unsupported: 'Not modelled.' } as const;

function instructions(count: number): string {
  return count === 1 ? 'one instruction' : `${String(count)} instructions`;
}

interface PlaceLineProps {
  readonly label: string;
  readonly place: CodePlace;
  readonly onInsn: (insn: number) => void;
}

function PlaceLine({ label, place: { insn, instruction, source }, onInsn }: PlaceLineProps): JSX.Element {
  const hasText = source !== undefined && source.text.trim() !== '';
  return (
    <p class="place">
      {label}:{' '}
      <button
        type="button"
        class="link"
        onClick={() => {
          onInsn(insn);
        }}
      >
        {source === undefined ? `instruction ${String(insn)}` : `${source.file}:${String(source.line)}`}
      </button>{' '}
      <code>{hasText ? source.text.trim() : instruction}</code>
    </p>
  );
}
