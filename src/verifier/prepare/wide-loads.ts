import { nameOf } from '../../btf/btf.ts';
import { findIdByName, findIdsByName } from '../../btf/find.ts';
import { skipModifiers, skipTypedefs } from '../../btf/follow.ts';
import { typeAt, typeOfKind } from '../../btf/read-type.ts';
import { CLASS, LD_IMM64, MODE, PSEUDO } from '../../program/encoding.ts';
import type { KernelVariable, MapReference, Program } from '../../program/program.ts';
import type { Behaviours } from '../kernel/behaviours.ts';
import { isStructType } from '../kernel/kfunc.ts';
import type { Kernel, KernelBtf } from '../kernel/kernel.ts';
import type { BpfMap } from '../maps/bpf-map.ts';
import { isKnownOpcode } from './opcodes.ts';
import { checkMapForProgram } from './map-for-program.ts';
import { reservedFields } from '../rules/insn/reserved-fields.rule.ts';
import { unknownOpcode } from '../rules/insn/unknown-opcode.rule.ts';
import { directValue } from '../rules/load/direct-value.rule.ts';
import { kfuncAddress } from '../rules/load/kfunc-address.rule.ts';
import { kernelVariable } from '../rules/load/kernel-variable.rule.ts';
import { tooManyMaps } from '../rules/load/maps.rule.ts';
import { wideLoad } from '../rules/insn/wide-load.rule.ts';
import { negative, NotModelled, reject } from '../rules/rule.ts';
import { ZERO } from '../scalar/scalar.ts';
import { FLAG, pointer, scalarRegister, type Register } from '../state/register.ts';
import { resolveSize } from '../types/resolve-size.ts';

/** MAX_USED_MAPS. */
const MAX_MAPS = 64;
/** BPF_MAX_VAR_OFF. */
const MAX_OFFSET = 2 ** 29;

/**
 * Looks at every instruction once, and at what BPF_LD_IMM64 loads: resolve_pseudo_ldimm64(), kernel/bpf/verifier.c.
 *
 * @returns by slot, what is loaded but for plain numbers and functions
 * @throws Rejection
 */
export function resolveWideLoads(
  program: Program,
  kernel: Kernel,
  behaviours: Behaviours,
  maps: readonly BpfMap[],
): readonly (Register | undefined)[] {
  const { code } = program;
  const loads: (Register | undefined)[] = new Array<Register | undefined>(code.length).fill(undefined);
  const used = new Set<BpfMap>();
  for (let insn = 0; insn < code.length; insn++) {
    const opcode = code.opcode[insn] ?? 0;
    const isPlain = (opcode & 0xe0) === MODE.mem || (behaviours.linksScalars && (opcode & 0xe0) === MODE.memsx);
    if ((opcode & 7) === CLASS.ldx && (!isPlain || code.imm[insn] !== 0)) {
      reject(reservedFields, {}, { insn });
    }
    if (opcode !== LD_IMM64) {
      if (!isKnownOpcode(opcode, behaviours.longJumps, behaviours.linksScalars)) {
        reject(unknownOpcode, { opcode: `0x${opcode.toString(16).padStart(2, '0')}` }, { insn });
      }
      continue;
    }
    const next = insn + 1;
    const isWhole =
      next < code.length &&
      code.opcode[next] === 0 &&
      code.dst[next] === 0 &&
      code.src[next] === 0 &&
      code.off[next] === 0;
    if (!isWhole) reject(wideLoad, {}, { insn });
    loads[insn] = resolveLoad(program, kernel, behaviours, maps, used, insn);
    insn = next;
  }
  return loads;
}

function resolveLoad(
  program: Program,
  kernel: Kernel,
  behaviours: Behaviours,
  maps: readonly BpfMap[],
  used: Set<BpfMap>,
  insn: number,
): Register | undefined {
  const kind = program.code.src[insn] ?? 0;
  const variable = program.kernelVariables.get(insn);
  if (variable !== undefined) return loadVariable(kernel, variable, insn);
  const reference = program.mapReferences.get(insn);
  if (reference !== undefined) {
    const map = maps[reference.map];
    if (map === undefined) throw new RangeError(`there is no map ${String(reference.map)}`);
    checkMapForProgram(program, map, behaviours);
    const loaded = loadMap(map, reference);
    // The second half says where in a value; a map itself has no such place.
    if (reference.valueOffset === undefined && program.code.imm[insn + 1] !== 0) reject(wideLoad, {}, { insn });
    used.add(map);
    if (used.size > MAX_MAPS) reject(tooManyMaps, { limit: MAX_MAPS }, { insn });
    return loaded;
  }
  if (kind === 0 || kind === PSEUDO.func) return undefined;
  if (kind === PSEUDO.btfId) throw new NotModelled('a kernel variable by number');
  // Maps by position in an array of descriptors, which a program that names its maps is loaded without.
  if (kind === PSEUDO.mapIdxValue || (kind === PSEUDO.mapIdx && program.code.imm[insn + 1] === 0)) {
    reject(wideLoad, {}, { insn, errno: negative('EPROTO') });
  }
  reject(wideLoad, {}, { insn });
}

function loadMap(map: BpfMap, { valueOffset }: MapReference): Register {
  if (valueOffset === undefined) return pointer('map_ptr', { map });
  const values = { offset: valueOffset, map: map.spec.name };
  if (valueOffset >= MAX_OFFSET || map.type !== 'array') reject(directValue, values);
  if (map.maxEntries !== 1) reject(directValue, values, { errno: negative('ENOTSUPP') });
  if (valueOffset >= map.valueSize) reject(directValue, values);
  return pointer('map_value', { map, off: valueOffset });
}

/** check_pseudo_btf_id(). */
function loadVariable(kernel: Kernel, { name, weak }: KernelVariable, insn: number): Register {
  for (const owner of [kernel.vmlinux, ...kernel.modules]) {
    const id = findIdByName(owner.btf, name, 'var');
    if (id !== undefined) return describeVariable(owner, id);
  }
  if ([kernel.vmlinux, ...kernel.modules].some(({ btf }) => findIdByName(btf, name, 'func') !== undefined)) {
    if (!kernel.behaviours.kfuncAddresses) reject(kfuncAddress, { kfunc: name }, { insn });
    return pointer('mem', { flags: FLAG.readOnly, memSize: 0 });
  }
  // The loader makes it 0.
  if (weak) return scalarRegister(ZERO);
  reject(kernelVariable, { variable: name }, { insn });
}

function describeVariable(owner: KernelBtf, id: number): Register {
  const { btf } = owner;
  const { type } = typeOfKind(btf, id, 'var');
  if (isPerCpu(owner, id)) return pointer('btf', { flags: FLAG.perCpu, btf: owner, typeId: type });
  if (isStructType(btf, skipTypedefs(btf, type))) return pointer('btf', { btf: owner, typeId: type });
  const size = resolveSize(btf, skipModifiers(btf, type))?.size;
  if (size === undefined) throw new NotModelled(`variable ${nameOf(btf, id)} without a size`);
  return pointer('mem', { flags: FLAG.readOnly, memSize: size });
}

function isPerCpu({ btf }: KernelBtf, id: number): boolean {
  return findIdsByName(btf, '.data..percpu', 'datasec').some((section) => {
    const type = typeAt(btf, section);
    return type.kind === 'datasec' && type.variables.some((variable) => variable.type === id);
  });
}
