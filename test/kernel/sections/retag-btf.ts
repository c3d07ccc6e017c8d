import { kindOf, nameOf, type Btf } from '../../../src/btf/btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { cutBtf } from '../../verifier/programs/cut-btf.ts';

/** What v6.4 and later call the tags of kptrs, by what kernels before called them (kernel/bpf/btf.c, btf_find_kptr()). */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['kptr', 'kptr_untrusted'],
  ['kptr_ref', 'kptr'],
]);

/**
 * The part of a BTF with these value types and all functions, with kptrs as later kernels spell them. A part, since
 * v6.12 refuses BTF as a whole for one struct whose kptrs it does not take.
 */
export function retagBtf(btf: Btf, structs: readonly string[]): Btf {
  const functions = Array.from({ length: btf.typeCount - 1 }, (_, at) => at + 1)
    .filter((id) => kindOf(btf, id) === 'func')
    .map((id) => nameOf(btf, id));
  const part = openBtf(cutBtf(btf, { functions, bareFunctions: [], structs, typedefs: [] }));
  const types: NewType[] = [];
  for (let id = 1; id < part.typeCount; id++) {
    const type = typeAt(part, id);
    if (type.kind === 'void') continue;
    types.push(type.kind === 'type_tag' ? { ...type, text: TAGS.get(type.text) ?? type.text } : type);
  }
  return openBtf(writeBtf(types));
}
