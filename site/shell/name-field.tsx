import type { JSX } from 'preact';
import type { Typed } from '../routing/use-typed.ts';

/** A field for a part of a name, which leaves out what has it not. */
export function NameField({ typed: { text, type, settle } }: { readonly typed: Typed }): JSX.Element {
  return (
    <label class="field">
      <span>Name has</span>
      <input
        type="search"
        value={text}
        size={14}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onBlur={settle}
        onInput={(event) => {
          type(event.currentTarget.value);
        }}
      />
    </label>
  );
}
