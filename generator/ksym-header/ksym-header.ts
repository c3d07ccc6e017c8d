import { kindOf, nameOf, targetOf, type Btf } from '../../src/btf/btf.ts';
import { declareC } from '../../src/btf/c/print-c.ts';
import { skipTypedefs } from '../../src/btf/follow.ts';
import type { Kind } from '../../src/btf/kinds.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';

/** How BPF programs mark a kernel symbol for their loader (libbpf, bpf_helpers.h). */
const KSYM = '__attribute__((section(".ksyms")))';
const RECORDS: readonly Kind[] = ['struct', 'union'];
const DEFINED: readonly Kind[] = [...RECORDS, 'enum', 'enum64'];

/**
 * A C header for BPF programs: the prototypes of kfuncs and the types they need. What a parameter or result points to is
 * defined with all it contains, so that programs reach its members and can make one; what is pointed to from within is
 * only declared. Members are found by the loader where the running kernel has them (`preserve_access_index`).
 *
 * The header stands alone: like vmlinux.h it can't be included beside others that define the same types.
 *
 * @param btf with all of the functions: of vmlinux, or of a module on it
 * @param functions ids of FUNCs, in the order of the header
 * @param comment the line that says where it comes from
 * @throws BtfError for what C can't say, or types that nest or grow without end
 */
export function printKsymHeader(btf: Btf, functions: readonly number[], comment: string): string {
  const needed = functions.flatMap((id) => pointedTo(btf, id));
  const declarations = declareC(btf, [...new Set(needed), ...functions]);
  const types = declarations.filter(({ role }) => role !== 'function').map(({ text }) => `${text};\n`);
  const prototypes = declarations.filter(({ role }) => role === 'function').map(({ text }) => `${text} __ksym;\n`);
  const hasRecord = declarations.some(({ id, role }) => role === 'type' && isRecord(btf, id));
  const guard = `KFUNCS_${functions.map((id) => nameOf(btf, id).toUpperCase())[0] ?? 'NONE'}_H`;
  return `/* ${comment} */
#ifndef ${guard}
#define ${guard}

#ifndef __ksym
#define __ksym ${KSYM}
#endif

${hasRecord ? relocatable(types.join('\n')) : types.join('\n')}
${prototypes.join('')}
#endif /* ${guard} */
`;
}

/** Compilers warn of the attribute where there is nothing it applies to. */
function relocatable(types: string): string {
  return `#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

${types}
#pragma clang attribute pop
`;
}

/** Whether a declaration has a struct or union in it: by itself, or a typedef of one without a name. */
function isRecord(btf: Btf, id: number): boolean {
  return RECORDS.includes(kindOf(btf, skipTypedefs(btf, id)));
}

/** What parameters and the result of a function point to, where it has a definition. */
function pointedTo(btf: Btf, id: number): readonly number[] {
  const { returns, parameters } = prototypeOf(btf, id);
  return [returns, ...parameters.map(({ type }) => type)].flatMap((type) => {
    const pointer = skipTypedefs(btf, type);
    const target = kindOf(btf, pointer) === 'ptr' ? skipTypedefs(btf, targetOf(btf, pointer)) : 0;
    return DEFINED.includes(kindOf(btf, target)) ? [target] : [];
  });
}
