/** Builds the declarations that rules show as examples: of a module called acme, so that nobody takes them for real. */

const HEAD = 'source: drivers/acme/acme_bpf.c\nowner: acme\n';

/** A declaration with the given text behind source and owner. */
export function declaration(rest: string): string {
  return `${HEAD}${rest}`;
}

/** A declaration with one set for XDP and the kfuncs given, one a line as YAML writes them. */
export function kfuncs(entries: readonly string[], prototypes: readonly string[] = []): string {
  const list = (lines: readonly string[], indent: string): string =>
    lines.map((line) => `${indent}- ${line}\n`).join('');
  const known = prototypes.length === 0 ? '' : `prototypes:\n${list(prototypes, '  ')}`;
  return declaration(`sets:
  - name: acme_kfunc_set
    hooks: [xdp]
    kfuncs:
${list(entries, '      ')}${known}`);
}

/** A declaration with destructor pairs, given as YAML flow mappings, for kernels that have such. */
export function dtors(entries: readonly string[], prototypes: readonly string[] = []): string {
  const list = (lines: readonly string[]): string => lines.map((line) => `  - ${line}\n`).join('');
  const known = prototypes.length === 0 ? '' : `prototypes:\n${list(prototypes)}`;
  return declaration(`since: v5.19\ndtors:\n${list(entries)}${known}`);
}

/** A declaration with one set of one kfunc, registered as the given line says. */
export function setFor(hooks: string): string {
  return declaration(`sets:
  - name: acme_kfunc_set
    ${hooks}
    kfuncs: [acme_get]
`);
}
