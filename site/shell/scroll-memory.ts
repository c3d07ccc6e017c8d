import { useLayoutEffect, useRef } from 'preact/hooks';

/** What the history keeps of a place in it. */
interface PlaceState {
  readonly place: number;
}

/** How far each place was scrolled; as long as the page lives. */
const offsets = new Map<number, number>();
let places = 0;

/**
 * Scrolls as browsers do between documents: a new page begins at its top, one that is gone back to is where it was. The
 * browser's own way comes before the page is drawn.
 *
 * @param page what the route shows; the same page with other parameters stays where it is
 */
export function useScrollMemory(page: string): void {
  const shown = useRef<{ readonly page: string; readonly place: number } | undefined>(undefined);
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual';
    const remember = (): void => {
      if (shown.current !== undefined) offsets.set(shown.current.place, scrollY);
    };
    addEventListener('scroll', remember, { passive: true });
    return () => {
      removeEventListener('scroll', remember);
    };
  }, []);
  useLayoutEffect(() => {
    const place = currentPlace();
    const isFirst = shown.current === undefined;
    const isOther = shown.current?.page !== page;
    shown.current = { page, place };
    if (isOther && !isFirst) {
      scrollTo({ top: offsets.get(place) ?? 0, behavior: 'instant' });
      focusPage();
    }
  });
}

/** So that the next Tab is in the new page; what the page has given the focus to keeps it. */
function focusPage(): void {
  const main = document.getElementById('main');
  if (main?.contains(document.activeElement) !== true) main?.focus({ preventScroll: true });
}

/** The number of the place in the history that is shown: given when it is first shown. */
function currentPlace(): number {
  const state = history.state as PlaceState | null;
  if (state !== null) return state.place;
  const place = Date.now() + places++;
  history.replaceState({ place } satisfies PlaceState, '');
  return place;
}
