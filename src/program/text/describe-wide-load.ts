import type { Code } from '../code.ts';
import { PSEUDO } from '../encoding.ts';
import type { InstructionNames } from './instruction-names.ts';

/** A BPF_LD_IMM64 as a text; undefined if fields that mean nothing are not 0. */
export function describeWideLoad(code: Code, slot: number, names: InstructionNames): string | undefined {
  const next = slot + 1;
  const rest = [code.off[slot], code.opcode[next], code.dst[next], code.src[next], code.off[next]];
  if (rest.some((field) => field !== 0)) return undefined;
  const [low = 0, high = 0] = [code.imm[slot], code.imm[next]];
  const value = describeValue(code.src[slot] ?? 0, low, high, slot, names);
  return value === undefined ? undefined : `r${String(code.dst[slot])} = ${value} ll`;
}

function describeValue(
  src: number,
  low: number,
  high: number,
  slot: number,
  names: InstructionNames,
): string | undefined {
  switch (src) {
    case 0:
      return `0x${((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString(16)}`;
    case PSEUDO.mapFd: {
      const named = names.map?.(slot);
      if (named !== undefined) return `map[${String(named.map)}]`;
      return high === 0 ? `map_fd(${String(low)})` : undefined;
    }
    case PSEUDO.mapValue: {
      const named = names.map?.(slot);
      if (named !== undefined) return `map[${String(named.map)}] +${String(named.valueOffset ?? 0)}`;
      return `map_value(${String(low)}, ${String(high >>> 0)})`;
    }
    case PSEUDO.btfId: {
      const name = names.kernelVariable?.(slot);
      return name === undefined ? `btf_id(${String(low)}, ${String(high)})` : `ksym ${name}`;
    }
    case PSEUDO.func:
      if (high !== 0) return undefined;
      return `func ${names.function?.(slot + low + 1) ?? (low < 0 ? String(low) : `+${String(low)}`)}`;
    case PSEUDO.mapIdx:
      return high === 0 ? `map_idx(${String(low)})` : undefined;
    case PSEUDO.mapIdxValue:
      return `map_idx_value(${String(low)}, ${String(high >>> 0)})`;
    default:
      return undefined;
  }
}
