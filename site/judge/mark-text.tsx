import type { JSX } from 'preact';
import { MARK_TEXTS, type Mark } from './listing-marks.ts';

/** Says of the lines that matter most what they are, where colours alone would. */
export function MarkText({ mark }: { readonly mark: Mark }): JSX.Element | null {
  return mark === 'end' || mark === 'acquired' ? <span class="mark-text">{MARK_TEXTS[mark]}</span> : null;
}
