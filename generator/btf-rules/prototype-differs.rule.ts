import type { Btf } from '../../src/btf/btf.ts';
import type { BtfPrototype } from '../../src/btf/btf-type.ts';
import { spellPrototype, spellType } from '../../src/btf/c/spell.ts';
import type { Prototype } from '../c/prototype.ts';
import type { PrototypeModel } from '../declarations/model.ts';
import { defineBtfRule } from './btf-rule.ts';
import { typedPairEntries, typedSetEntries, type InBtf } from './entries.ts';
import { kfuncsIn } from './example.ts';
import { sameType } from './same-type.ts';

export const prototypeDiffers = defineBtfRule({
  id: 'registry/btf-prototype-differs',
  severity: 'error',
  title: 'A declared prototype is that of the BTF',
  explanation:
    'The verifier goes by the BTF: types of arguments and results, and the names of parameters, which may mean something to it. Spellings of one type (`unsigned long`, `long unsigned int`) are the same; a typedef and what it stands for are not.',
  kernels: 'those whose BTF is given',
  messages: {
    default: {
      message: '`{declared}` is declared, and the BTF of {owner} has `{found}`',
      suggestion: 'declare what the kernel has, or name the kernels it holds for with `since` and `until`',
    },
  },
  examples: {
    bad: kfuncsIn(['int acme_read(u64 id)'], ['acme_read'], ['int acme_read(u32 id)']),
    good: kfuncsIn(['int acme_read(u32 id)'], ['acme_read'], ['int acme_read(u32 id)']),
  },
  check({ judged, report }) {
    const compare = (owner: string, name: string, declared: PrototypeModel | undefined, found: InBtf): void => {
      if (declared === undefined || isSame(declared.prototype, found)) {
        return;
      }
      const values = {
        declared: declared.prototype.text,
        owner,
        found: spellPrototype(found.btf, found.prototype, name),
      };
      report({ message: 'default', values, place: declared.place });
    };
    for (const { source, kfunc, ...found } of typedSetEntries(judged)) {
      compare(source.owner, kfunc.name, kfunc.prototype, found);
    }
    for (const { source, dtor, ...found } of typedPairEntries(judged)) {
      compare(source.owner, dtor.kfunc, dtor.prototype, found);
    }
  },
});

function isSame(declared: Prototype, { btf, prototype }: { btf: Btf; prototype: BtfPrototype }): boolean {
  const { parameters } = prototype;
  return (
    declared.isVariadic === prototype.isVariadic &&
    declared.params.length === parameters.length &&
    sameType(declared.returns.text, spellType(btf, prototype.returns)) &&
    declared.params.every(({ name, type }, index) => {
      const found = parameters[index];
      return (
        found !== undefined &&
        (found.name === '' || found.name === name) &&
        sameType(type.text, spellType(btf, found.type))
      );
    })
  );
}
