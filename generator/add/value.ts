/** Plain data that is to be written into a declaration. */
export type Value = string | readonly Value[] | { readonly [key: string]: Value };

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
