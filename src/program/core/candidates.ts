import { kindOf, nameOf, type Btf } from '../../btf/btf.ts';
import { isSameKind, type TypeIn } from '../../btf/compat.ts';
import { findIdsByName } from '../../btf/find.ts';
import type { Kind } from '../../btf/kinds.ts';
import type { KernelBtf } from '../../btf/resolver.ts';
import { readString } from '../../elf/elf-strings.ts';
import { essentialName } from '../object/essential-name.ts';

/** Types whose name has a flavour, by the name without it. Nearly no kernel has any. */
const flavoured = new WeakMap<Btf, ReadonlyMap<string, readonly number[]>>();

/**
 * The types of a kernel that a type of an object may stand for: of the same kind and name, flavours aside; those of
 * vmlinux, and only where it has none those of its modules (bpf_core_find_cands(), tools/lib/bpf/libbpf.c).
 */
export function findCandidates(kernel: KernelBtf, local: TypeIn): readonly TypeIn[] {
  const kind = kindOf(local.btf, local.id);
  const name = essentialName(nameOf(local.btf, local.id));
  const inVmlinux = findIn(kernel.vmlinux, name, kind);
  if (inVmlinux.length > 0) return inVmlinux;
  return [...kernel.modules.values()].flatMap((btf) => findIn(btf, name, kind));
}

/** Of a module its own types alone: those of its base have been looked through. */
function findIn(btf: Btf, name: string, kind: Kind): readonly TypeIn[] {
  const ids = [...findIdsByName(btf, name), ...(flavouredIn(btf).get(name) ?? [])];
  return ids
    .filter((id) => id >= btf.firstId && isSameKind(kind, kindOf(btf, id), true))
    .sort((a, b) => a - b)
    .map((id) => ({ btf, id }));
}

function flavouredIn(btf: Btf): ReadonlyMap<string, readonly number[]> {
  const known = flavoured.get(btf);
  if (known !== undefined) return known;
  const found = new Map<string, number[]>();
  const names = flavouredNames(btf);
  for (let id = btf.firstId; names.size > 0 && id < btf.typeCount; id++) {
    const offset = btf.words[btf.offsets[id - btf.firstId] ?? 0] ?? 0;
    const name = names.get(offset);
    if (name === undefined) continue;
    const ids = found.get(name);
    if (ids === undefined) found.set(name, [id]);
    else ids.push(id);
  }
  flavoured.set(btf, found);
  return found;
}

/** By the offset of a name that has a flavour, the name without. Records refer to whole strings. */
function flavouredNames({ base, strings, firstString }: Btf): ReadonlyMap<number, string> {
  const names = new Map(base === undefined ? [] : flavouredNames(base));
  const underscore = 0x5f;
  for (let at = strings.indexOf(underscore); at !== -1; at = strings.indexOf(underscore, at + 1)) {
    if (strings[at + 1] !== underscore || strings[at + 2] !== underscore) continue;
    let start = at;
    while (start > 0 && strings[start - 1] !== 0) start--;
    const name = readString(strings, start, strings.length);
    if (essentialName(name) !== name) names.set(firstString + start, essentialName(name));
    const end = strings.indexOf(0, at);
    at = end === -1 ? strings.length : end;
  }
  return names;
}
