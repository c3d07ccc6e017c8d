import { targetOf, type Btf } from '../../btf/btf.ts';
import { typesAreCompatible } from '../../btf/compat.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import type { KernelBtf } from '../../btf/resolver.ts';
import { CALL, LD_IMM64, PSEUDO } from '../encoding.ts';
import type { KernelVariable, KfuncCall, MapReference, Program } from '../program.ts';
import { essentialName } from './essential-name.ts';
import type { Extern } from './externs.ts';
import type { LinkedProgram } from './link-program.ts';
import { ObjectError } from './object-error.ts';
import type { BpfObject } from './open-object.ts';

/**
 * Fills maps and externs into a linked program: bpf_object__relocate_data(), tools/lib/bpf/libbpf.c.
 *
 * @returns by slot, what is named
 * @throws ObjectError `extern-incompatible`
 */
export function fillReferences(
  object: BpfObject,
  kernelBtf: KernelBtf,
  { code, references }: LinkedProgram,
): Pick<Program, 'kfuncCalls' | 'mapReferences' | 'kernelVariables'> {
  const kfuncCalls = new Map<number, KfuncCall>();
  const mapReferences = new Map<number, MapReference>();
  const kernelVariables = new Map<number, KernelVariable>();
  const setLoad = (slot: number, src: number, low: number, high: number): void => {
    code.src[slot] = src;
    code.imm[slot] = low;
    code.imm[slot + 1] = high;
  };
  const referToMap = (slot: number, map: number, valueOffset: number | undefined): void => {
    mapReferences.set(slot, { map, valueOffset });
    setLoad(slot, valueOffset === undefined ? PSEUDO.mapFd : PSEUDO.mapValue, 0, valueOffset ?? 0);
  };
  const referToKernel = (slot: number, { name, weak }: Extern, kind: 'func' | 'var'): void => {
    if (weak && !isInKernel(kernelBtf, name, kind)) {
      setLoad(slot, 0, 0, 0);
    } else {
      kernelVariables.set(slot, { name: essentialName(name), weak });
      setLoad(slot, PSEUDO.btfId, 0, 0);
    }
  };
  for (const [slot, reference] of references) {
    // A poisoned instruction is no load any more.
    const isLoad = code.opcode[slot] === LD_IMM64;
    if (reference.kind === 'map' && isLoad) referToMap(slot, reference.map, undefined);
    if (reference.kind === 'data' && isLoad) referToMap(slot, reference.map, reference.offset >>> 0);
    if (reference.kind !== 'extern') continue;
    const { extern } = reference;
    switch (extern.kind) {
      case 'function':
        requireCompatible(object, kernelBtf, extern);
        // What asks whether a kfunc exists takes its address (bpf_ksym_exists()).
        if (isLoad) {
          referToKernel(slot, extern, 'func');
          break;
        }
        code.src[slot] = CALL.kfunc;
        code.imm[slot] = 0;
        code.off[slot] = 0;
        kfuncCalls.set(slot, { name: essentialName(extern.name), weak: extern.weak });
        break;
      case 'config':
        referToMap(slot, object.configMap ?? 0, extern.offset);
        break;
      case 'variable':
        requireCompatible(object, kernelBtf, extern);
        referToKernel(slot, extern, 'var');
        break;
      case 'address': {
        const exists =
          !extern.weak || (['func', 'var'] as const).some((kind) => isInKernel(kernelBtf, extern.name, kind));
        setLoad(slot, 0, exists ? SOME_ADDRESS.low : 0, exists ? SOME_ADDRESS.high : 0);
        break;
      }
    }
  }
  return { kfuncCalls, mapReferences, kernelVariables };
}

/** Stands for the address of a symbol of the kernel, which BTF does not tell: halves of 0xffffffff81000000. */
const SOME_ADDRESS = { low: 0x81000000 | 0, high: -1 } as const;

function isInKernel(kernel: KernelBtf, name: string, kind: 'func' | 'var'): boolean {
  return findInKernel(kernel, essentialName(name), kind) !== undefined;
}

function findInKernel(
  { vmlinux, modules }: KernelBtf,
  name: string,
  kind: 'func' | 'var',
): { readonly btf: Btf; readonly id: number } | undefined {
  for (const btf of [vmlinux, ...modules.values()]) {
    const id = findIdByName(btf, name, kind);
    if (id !== undefined) return { btf, id };
  }
  return undefined;
}

/**
 * An extern that is declared otherwise than the kernel has it is refused by libbpf, before the kernel sees the program
 * (bpf_object__resolve_ksym_func_btf_id()). What the kernel does not have is for the kernel's own checks to tell.
 */
function requireCompatible({ btf }: BpfObject, kernel: KernelBtf, extern: Extern): void {
  const isFunction = extern.kind === 'function';
  const found = findInKernel(kernel, essentialName(extern.name), isFunction ? 'func' : 'var');
  if (btf === undefined || found === undefined || extern.weak) return;
  const localId = extern.kind === 'variable' ? extern.valueType : targetOf(btf, extern.typeId);
  let kernelId = targetOf(found.btf, found.id);
  if (extern.kind === 'variable') kernelId = skipTypedefs(found.btf, kernelId);
  const result = typesAreCompatible({ btf, id: localId }, { btf: found.btf, id: kernelId }, { levels: LEVELS });
  if (result > 0) return;
  const message =
    'the declaration is not compatible with that of the kernel: results, parameters and what they point to have to be of the ' +
    'same kinds, and a struct that is declared without its members (struct NAME;) is of another kind than one with them';
  throw new ObjectError('extern-incompatible', { name: extern.name }, message);
}

const LEVELS = 32;
