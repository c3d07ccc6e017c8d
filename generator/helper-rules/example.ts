/** Builds the files about helpers that rules show as examples. */

/** A prototype that returns a number, with the given arguments. */
export function withArgs(args: string): string {
  return withPrototypes([`{ returns: integer, args: [${args}] }`]);
}

/** A helper with the given prototypes, in a list, so that it is of use. */
export function withPrototypes(
  prototypes: readonly string[],
  rest = '',
  entries: readonly string[] = ['acme'],
): string {
  return `helpers:
  - id: 1
    name: acme
    prototypes:
${prototypes.map((prototype) => `      - ${prototype}\n`).join('')}${inLists(entries, rest)}`;
}

/** A list with the given entries, for XDP, behind a helper called acme. */
export function withEntries(entries: readonly string[], rest = ''): string {
  return withPrototypes(['{ returns: integer, args: [] }'], rest, entries);
}

function inLists(entries: readonly string[], rest: string): string {
  return `lists:
  - name: xdp
    function: xdp_func_proto
    helpers:
${entries.map((entry) => `      - ${entry}\n`).join('')}programs:
  - { type: xdp, list: xdp }
${rest}`;
}
