import type { Btf } from '../btf.ts';
import type { BtfPrototype } from '../btf-type.ts';
import { declare } from './c-declaration.ts';
import { createCContext } from './context.ts';

/** A type as C spells it where it has no name beside it: `const struct nf_conn *`. @throws BtfError as printC() */
export function spellType(btf: Btf, id: number): string {
  return declare(createCContext(btf), id, '', 0);
}

/** A function with a prototype as C declares it, without storage class and semicolon. @throws BtfError as printC() */
export function spellPrototype(btf: Btf, prototype: BtfPrototype, name: string): string {
  return declare(createCContext(btf), prototype.id, name, 0);
}
