import { nameOf, type Btf } from '../../btf/btf.ts';
import type { BtfComposite, BtfSectionVariable } from '../../btf/btf-type.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import type { Elf } from '../../elf/open-elf.ts';
import { relocationAt, relocationsOf } from '../../elf/relocations.ts';
import { findSection } from '../../elf/sections.ts';
import { SLOT_BYTES } from '../code.ts';
import { essentialName } from './essential-name.ts';
import { functionAt, type ObjectFunction } from './functions.ts';
import { dataSections } from './data-sections.ts';
import { ObjectError } from './object-error.ts';
import type { ObjectSymbol } from './object-symbols.ts';

/** An operations struct that an object defines: which of its functions implement which members. */
export interface StructOps {
  /** The variable. */
  readonly name: string;
  /** The struct of the kernel, without a flavour. */
  readonly struct: string;
  readonly members: readonly { readonly member: string; readonly implementation: ObjectFunction }[];
}

/** Of all variables. */
const MOST_MEMBERS = 1 << 20;
/** Sections of such variables: the plain one, the one whose maps become links, and both as they are when optional. */
const SECTIONS = ['.struct_ops', '.struct_ops.link', '?.struct_ops', '?.struct_ops.link'];

/**
 * The operations structs of an object (bpf_object__collect_st_ops_relos(), tools/lib/bpf/libbpf.c).
 *
 * @throws ObjectError `bad-struct-ops`; ElfError; BtfError
 */
export function readStructOps(
  elf: Elf,
  btf: Btf | undefined,
  symbols: readonly ObjectSymbol[],
  functions: readonly ObjectFunction[],
): readonly StructOps[] {
  const described = btf === undefined ? undefined : dataSections(btf);
  let budget = MOST_MEMBERS;
  return SECTIONS.flatMap((name) => {
    const section = findSection(elf, name);
    const variables = described?.get(name)?.variables;
    if (btf === undefined || section === undefined || variables === undefined) return [];
    const targets = new Map<number, ObjectFunction>();
    for (const table of relocationsOf(elf, section)) {
      for (let index = 0; index < table.count; index++) {
        const { offset, symbol } = relocationAt(table, index);
        const { section: home, offset: value, name: target } = symbols[symbol] ?? { section: 0, offset: 0, name: '' };
        const implementation = functionAt(functions, home, value / SLOT_BYTES);
        if (implementation === undefined || value !== implementation.slot * SLOT_BYTES) {
          throw new ObjectError('bad-struct-ops', { section: name, offset, name: target }, 'refers to no function');
        }
        targets.set(offset, implementation);
      }
    }
    return variables.map((variable) => {
      const struct = structOf(btf, name, variable);
      budget -= struct.members.length;
      if (budget < 0) throw new ObjectError('too-big', { section: name }, 'too many members');
      const members = struct.members.flatMap((member) => {
        const implementation = targets.get(variable.offset + member.bitOffset / 8);
        return implementation === undefined ? [] : [{ member: member.name, implementation }];
      });
      return { name: nameOf(btf, variable.type), struct: essentialName(struct.name), members };
    });
  });
}

function structOf(btf: Btf, section: string, { type: id, offset }: BtfSectionVariable): BtfComposite {
  const variable = typeAt(btf, id);
  const struct = variable.kind === 'var' ? typeAt(btf, skipTypedefs(btf, variable.type)) : variable;
  if (struct.kind !== 'struct' || struct.name === '') {
    const name = variable.kind === 'var' ? variable.name : '';
    throw new ObjectError('bad-struct-ops', { section, offset, name }, 'the variable is of no named struct');
  }
  return struct;
}
