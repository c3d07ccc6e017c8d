import type { JSX } from 'preact';

export interface ChoiceProps {
  readonly label: string;
  /** Empty: any. */
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChoose: (value: string) => void;
}

/** Chooses one of a few names, or any. What an address names stays, even where it is none of them. */
export function Choice({ label, value, choices, onChoose }: ChoiceProps): JSX.Element {
  const all = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onChoose(event.currentTarget.value);
        }}
      >
        <option value="">any</option>
        {all.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}
