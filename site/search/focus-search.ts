import { goTo } from '../routing/use-route.ts';

export const SEARCH_ID = 'search';

let isWanted = false;

/** Puts the cursor into the search field; where there is none, goes to the page that has it. */
export function focusSearch(): void {
  if (takeFocus()) return;
  isWanted = true;
  goTo({ path: [], query: {} });
}

/** Called when the field has come up: takes the focus if that is what it was asked for. */
export function focusIfWanted(): void {
  if (isWanted) takeFocus();
  isWanted = false;
}

function takeFocus(): boolean {
  const field = document.getElementById(SEARCH_ID);
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}

/** Whether a key that was pressed is one that somebody types a text with. */
export function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
