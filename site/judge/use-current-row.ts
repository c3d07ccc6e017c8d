import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Keeps the row that is marked as the current step in sight within a list that scrolls; the page itself stays where it is. */
export function useCurrentRow(current: number | undefined): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = list.current;
    const row = box?.querySelector<HTMLElement>('[aria-current="step"]');
    if (box === null || row === null || row === undefined) return;
    const { top, bottom } = row.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (top < frame.top) box.scrollTop -= frame.top - top + MARGIN;
    else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom + MARGIN;
  }, [current]);
  return list;
}

/** Pixels that are left around the row. */
const MARGIN = 40;
