import { checkPointerOffset } from './pointer-offset.ts';
import { protectsRcu } from './trust.ts';
import { nameOf } from '../../btf/btf.ts';
import { CLASS, MODE } from '../../program/encoding.ts';
import { kptrMode } from '../rules/kptr/access-mode.rule.ts';
import { kptrStoreImmediate } from '../rules/kptr/store-immediate.rule.ts';
import { kptrStoreReferenced } from '../rules/kptr/store-referenced.rule.ts';
import { kptrStoreType } from '../rules/kptr/store-type.rule.ts';
import { NotModelled, reject } from '../rules/rule.ts';
import type { KptrSlot } from '../maps/bpf-map.ts';
import { briefly } from '../state/describe.ts';
import { FLAG, isNull, pointer, type Register } from '../state/register.ts';
import { typesMatch } from '../types/ids-match.ts';
import { markPrecise } from '../walk/precision.ts';
import { setRegister } from '../walk/registers.ts';
import { nextId, readRegister, type Walk } from '../walk/walk.ts';

/**
 * A load or store that hits a kptr just so: check_map_kptr_access(), kernel/bpf/verifier.c.
 *
 * @param value the register that is loaded or stored
 * @throws Rejection
 */
export function accessKptr(walk: Walk, slot: KptrSlot, value: number): void {
  const { code } = walk.prepared;
  const opcode = code.opcode[walk.insn] ?? 0;
  const { offset } = slot;
  if ((opcode & 0xe0) !== MODE.mem) reject(kptrMode, { offset });
  checkKind(walk, slot);
  const kind = opcode & 7;
  if (kind !== CLASS.ldx && slot.kind === 'referenced') reject(kptrStoreReferenced, { offset });
  if (kind === CLASS.ldx) {
    // It may be gone at any time: nobody holds it for this program, unless RCU does.
    const flags = FLAG.maybeNull | (isUnderRcu(walk, slot) ? FLAG.rcu : FLAG.untrusted);
    setRegister(walk, value, pointer('btf', { flags, btf: slot.btf, typeId: slot.typeId, id: nextId(walk) }));
    return;
  }
  if (kind === CLASS.st) {
    const immediate = code.imm[walk.insn] ?? 0;
    if (immediate !== 0) reject(kptrStoreImmediate, { value: immediate, offset });
    return;
  }
  const register = readRegister(walk, value);
  if (!isNull(register)) checkKptrType(walk, slot, value, register);
  else if (walk.prepared.behaviours.nullPrecise) markPrecise(walk, value);
}

/** Kernel types whose objects RCU frees: rcu_protected_types, kernel/bpf/verifier.c. */
const RCU_PROTECTED = new Set(['prog_test_ref_kfunc', 'cgroup', 'bpf_cpumask', 'task_struct', 'bpf_crypto_ctx']);

/** rcu_safe_kptr() within a read section. */
function isUnderRcu(walk: Walk, slot: KptrSlot): boolean {
  if (!walk.prepared.behaviours.trustsPointers || slot.kind !== 'referenced') return false;
  return RCU_PROTECTED.has(nameOf(slot.btf.btf, slot.typeId)) && protectsRcu(walk);
}

function checkKind(walk: Walk, slot: KptrSlot): void {
  const { vmlinux, modules } = walk.prepared.kernel;
  if (slot.kind === 'percpu' || slot.kind === 'uptr') throw new NotModelled(`pointers of kind ${slot.kind}`);
  if (slot.btf !== vmlinux && !modules.includes(slot.btf))
    throw new NotModelled("pointers to the program's own objects");
}

/** A register may be put into a kptr: map_kptr_match_type(). @throws Rejection if not */
export function checkKptrType(walk: Walk, slot: KptrSlot, number: number, register: Register): void {
  const { trustsPointers } = walk.prepared.behaviours;
  const trusted = trustsPointers ? FLAG.trusted | FLAG.rcu : 0;
  const allowed = FLAG.maybeNull | trusted | (slot.kind === 'unreferenced' ? FLAG.untrusted : 0);
  const { btf } = register;
  const isObject = register.type === 'btf' && (register.flags & ~allowed) === 0;
  if (isObject && btf !== undefined) {
    checkPointerOffset(number, register, true);
    const have = { btf, typeId: register.typeId };
    if (typesMatch(have, register.off, slot, slot.kind === 'referenced', walk.prepared.behaviours)) return;
  }
  const values = { offset: slot.offset, type: slot.typeName, register: number, what: briefly(register) };
  reject(kptrStoreType, values, { registers: [number] });
}
