import { accessMemory } from './memory.ts';
import { accessBytes, ATOMIC } from '../../program/encoding.ts';
import { atomicOperation } from '../rules/atomic/operation.rule.ts';
import { atomicTarget } from '../rules/atomic/target.rule.ts';
import { reject } from '../rules/rule.ts';
import { target } from '../state/describe.ts';
import { isPacketPointer, isSocketPointer } from '../state/register.ts';
import { readSource, writeUnknown } from '../walk/registers.ts';
import { readRegister, type Walk } from '../walk/walk.ts';

const OPERATIONS: ReadonlySet<number> = new Set([
  ATOMIC.add,
  ATOMIC.add | ATOMIC.fetch,
  ATOMIC.and,
  ATOMIC.and | ATOMIC.fetch,
  ATOMIC.or,
  ATOMIC.or | ATOMIC.fetch,
  ATOMIC.xor,
  ATOMIC.xor | ATOMIC.fetch,
  ATOMIC.xchg,
  ATOMIC.cmpxchg,
]);

/** An atomic operation: check_atomic(), kernel/bpf/verifier.c. @throws Rejection */
export function executeAtomic(walk: Walk, opcode: number): void {
  const { code } = walk.prepared;
  const { insn } = walk;
  const operation = code.imm[insn] ?? 0;
  if (!OPERATIONS.has(operation)) reject(atomicOperation, { operation: `0x${(operation >>> 0).toString(16)}` });
  const src = code.src[insn] ?? 0;
  const dst = code.dst[insn] ?? 0;
  readSource(walk, src);
  readSource(walk, dst);
  if (operation === ATOMIC.cmpxchg) readSource(walk, 0);
  const address = readRegister(walk, dst);
  const isRefused =
    address.type === 'ctx' || isPacketPointer(address) || address.type === 'flow_keys' || isSocketPointer(address);
  if (isRefused) reject(atomicTarget, { register: dst, what: target(address) }, { registers: [dst] });
  let loaded = -1;
  if ((operation & ATOMIC.fetch) !== 0) {
    loaded = operation === ATOMIC.cmpxchg ? 0 : src;
    writeUnknown(walk, loaded);
  }
  const offset = code.off[insn] ?? 0;
  const bytes = accessBytes(opcode);
  accessMemory(walk, dst, offset, bytes, false, -1, true);
  if (loaded >= 0) accessMemory(walk, dst, offset, bytes, false, loaded, true);
  accessMemory(walk, dst, offset, bytes, true, -1, true);
}
