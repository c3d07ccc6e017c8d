import type { Gadget } from './gadgets.ts';

/** Of a hundred gadgets so many have a mistake. */
export const MISTAKES = 5;

/** Which of some mistakes a gadget has; -1: none. */
export function mistakeOf({ mistake, a }: Gadget, count: number): number {
  return mistake < MISTAKES ? a % count : -1;
}

/** One of some things by a number. */
export function pick<Item>(items: readonly [Item, ...Item[]], number: number): Item {
  return items[number % items.length] ?? items[0];
}
