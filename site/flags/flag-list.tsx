import type { JSX } from 'preact';
import { lettersOf, meaningOf } from './flag-meanings.ts';

/** Flags by name. */
export function FlagList({ flags }: { readonly flags: readonly string[] }): JSX.Element {
  return (
    <span class="flags">
      {flags.map((flag) => (
        <span key={flag} class="flag" title={meaningOf(flag).meaning}>
          {flag}
        </span>
      ))}
    </span>
  );
}

/** Flags by letters, for narrow cells; who can't see them hears the names. */
export function FlagLetters({ flags }: { readonly flags: readonly string[] }): JSX.Element {
  const names = flags.length === 0 ? 'callable, no flags' : flags.join(', ');
  return (
    <>
      <span aria-hidden="true">{lettersOf(flags)}</span>
      <span class="unseen">{names}</span>
    </>
  );
}

export interface FlagLegendProps {
  readonly flags: readonly string[];
  /** Whether the dot for no flags is among the letters. */
  readonly hasNone: boolean;
  /** Only names, where there is little room; the page of a kfunc says what they mean. */
  readonly isBrief?: boolean;
}

/** What letters stand for. */
export function FlagLegend({ flags, hasNone, isBrief = false }: FlagLegendProps): JSX.Element {
  const rows = [
    ...flags.map((flag) => ({ name: flag, ...meaningOf(flag) })),
    ...(hasNone ? [{ name: 'no flags', letters: lettersOf([]), meaning: 'nothing more is asked' }] : []),
  ];
  return (
    <ul class="legend">
      {rows.map(({ name, letters, meaning }) => (
        <li key={name} title={isBrief ? meaning : undefined}>
          <b>{letters}</b> <code>{name}</code> {isBrief ? null : <span>{meaning}</span>}
        </li>
      ))}
    </ul>
  );
}
