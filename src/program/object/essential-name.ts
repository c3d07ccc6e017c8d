/**
 * A name without its flavour: `task_struct` of `task_struct___old`. A flavour begins with exactly three underscores
 * between other characters (bpf_core_essential_name_len(), tools/lib/bpf/relo_core.c).
 */
export function essentialName(name: string): string {
  for (let at = name.length - 5; at >= 0; at--) {
    const isSeparator = name.startsWith('___', at + 1) && name[at] !== '_' && name[at + 4] !== '_';
    if (isSeparator) return name.slice(0, at + 1);
  }
  return name;
}
