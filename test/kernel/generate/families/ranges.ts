import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { AluName, Bytes, JumpName } from '../opcodes.ts';
import { begin, ifThere, lookup, mapOf, zeroed } from '../pieces.ts';
import { programs } from './family.ts';
import { apply, holds, SAMPLES, truncate } from './samples.ts';

/** Registers that hold numbers here; r7 to r9 are left to what is kept. */
const NUMBERS = [0, 2, 3, 4, 5] as const;
const OPS: readonly AluName[] = [
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'lsh',
  'rsh',
  'arsh',
  'mul',
  'div',
  'mod',
  'neg',
  'mov',
  'add',
  'and',
];
const JUMPS: readonly JumpName[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sgt', 'sge', 'slt', 'sle', 'set'];
const SMALL = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, -1, -2, -8, 255, 0xffff, 0x7fffffff, -0x80000000];

/**
 * Arithmetic and branches on unknown numbers, and then an access that is right if their range is known. Samples are
 * carried along, so that the size of what is accessed is near what the range really is.
 */
export const ranges = programs('wide-ranges', 14, (draft) => {
  const { choices } = draft;
  begin(draft);
  const samples = new Map<number, bigint[]>();
  const [first, second] = [choices.pick('first', NUMBERS), choices.pick('second', NUMBERS)];
  unknown(draft, first, samples);
  if (second !== first) (choices.chance('second-known', 50) ? known : unknown)(draft, second, samples);
  for (let steps = choices.int('steps', 1, 7); steps > 0; steps--) step(draft, samples);
  use(draft, choices.pick('used', [...samples.keys()]), samples);
});

function unknown(draft: Draft, register: number, samples: Map<number, bigint[]>): void {
  const { choices } = draft;
  switch (choices.pick('unknown', ['word', 'word', 'clock', 'stack-byte', 'half'])) {
    case 'clock':
      if (samples.size === 0) {
        draft.helper('ktime_get_ns');
        if (register !== 0) draft.mov(register, 0);
        samples.set(register, [...SAMPLES]);
        return;
      }
      draft.load(4, register, CTX, 0);
      break;
    case 'stack-byte': {
      const off = draft.stack(8);
      const size = choices.pick<Bytes>('byte-size', [1, 2, 4]);
      draft.load(4, register, CTX, 0);
      draft.store(8, 10, off, register);
      draft.load(size, register, 10, off + choices.pick('byte-at', [0, 0, size]));
      samples.set(
        register,
        SAMPLES.map((value) => BigInt.asUintN(8 * size, value)),
      );
      return;
    }
    case 'half':
      draft.load(4, register, CTX, 0);
      draft.alu('and', register, choices.pick('half', [0xff, 0xffff, 7, 63, 0x7fffffff]));
      samples.set(
        register,
        SAMPLES.map((value) => value & 0xffn),
      );
      return;
    default:
      draft.load(4, register, CTX, 0);
  }
  samples.set(
    register,
    SAMPLES.map((value) => BigInt.asUintN(32, value)),
  );
}

function known(draft: Draft, register: number, samples: Map<number, bigint[]>): void {
  const value = draft.choices.pick('known', SMALL);
  if (draft.choices.chance('known-wide', 15)) {
    const high = draft.choices.pick('known-high', [0, 1, -1, 0x7fffffff]);
    draft.set64(register, value, high);
    samples.set(
      register,
      SAMPLES.map(() => BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(value)))),
    );
    return;
  }
  const bits = draft.choices.chance('known-32', 25) ? 32 : 64;
  draft.alu('mov', register, value, bits);
  samples.set(
    register,
    SAMPLES.map(() => BigInt.asUintN(bits, BigInt(value))),
  );
}

function step(draft: Draft, samples: Map<number, bigint[]>): void {
  const { choices } = draft;
  const registers = [...samples.keys()];
  const dst = choices.pick('dst', registers);
  const bits = choices.pick<32 | 64>('bits', [64, 64, 32]);
  const other = registers.length > 1 && choices.chance('by-register', 35) ? choices.pick('src', registers) : undefined;
  if (choices.chance('branch', 45)) {
    branch(draft, samples, dst, bits, other);
    return;
  }
  let op = choices.pick('op', OPS);
  const left = samples.get(dst) ?? [];
  const right = other === undefined ? undefined : (samples.get(other) ?? []);
  let imm = choices.pick('imm', SMALL);
  if (op === 'lsh' || op === 'rsh' || op === 'arsh') imm = choices.int('shift', 0, bits === 64 ? 63 : 31);
  if ((op === 'div' || op === 'mod') && imm === 0) op = 'or';
  const from = right ?? left.map(() => BigInt.asUintN(64, BigInt(imm)));
  samples.set(
    dst,
    left.map((value, at) => apply(op, value, from[at] ?? 0n, bits)),
  );
  if (op === 'neg') draft.alu('neg', dst, 0, bits);
  else if (other === undefined) draft.alu(op, dst, imm, bits);
  else draft.aluReg(op, dst, other, bits);
}

/** Goes on where the condition holds, or where it does not; else the program ends. */
function branch(
  draft: Draft,
  samples: Map<number, bigint[]>,
  dst: number,
  bits: 32 | 64,
  other: number | undefined,
): void {
  const { choices } = draft;
  const op = choices.pick('jump', JUMPS);
  const left = samples.get(dst) ?? [];
  const imm = choices.pick('limit', SMALL);
  const right =
    (other === undefined ? undefined : samples.get(other)) ?? left.map(() => BigInt.asUintN(64, BigInt(imm)));
  const passes = left.map((value, at) => holds(op, value, right[at] ?? 0n, bits));
  const jump = (target: ReturnType<typeof newLabel>): void =>
    other === undefined ? draft.jump(op, dst, imm, target, bits) : draft.jumpReg(op, dst, other, target, bits);
  const onTrue =
    passes.filter(Boolean).length * 2 >= passes.length ? !choices.chance('rarer', 25) : choices.chance('rarer', 25);
  const how = choices.pick('branch-how', ['leave', 'leave', 'join']);
  if (how === 'join') {
    // Both ways meet again, and on one of them the number is something else.
    const [end, value] = [newLabel(), choices.pick('joined', SMALL)];
    jump(end);
    draft.set(dst, value);
    draft.place(end);
    samples.set(
      dst,
      left.map((was, at) => (passes[at] === true ? was : BigInt.asUintN(64, BigInt(value)))),
    );
    return;
  }
  if (onTrue) {
    const there = newLabel();
    jump(there);
    draft.goto(draft.out);
    draft.place(there);
  } else jump(draft.out);
  const keep = (_: bigint, at: number): boolean => passes[at] === onTrue;
  if (left.filter(keep).length === 0) return;
  for (const [register, values] of samples) samples.set(register, values.filter(keep));
}

/** Memory of about the size that the number can reach, at that number. */
function use(draft: Draft, register: number, samples: Map<number, bigint[]>): void {
  const { choices } = draft;
  const values = (samples.get(register) ?? []).map((value) => BigInt.asIntN(64, value));
  let most = values.reduce((max, value) => (value > max ? value : max), 0n);
  if (most > 4000n) {
    // Too far for any memory: cut it, or let it fail.
    const cut = choices.pick('cut', ['and', 'rsh', 'none'] as const);
    if (cut === 'and') draft.alu('and', register, 63);
    if (cut === 'rsh') draft.alu('rsh', register, choices.pick('cut-by', [58, 60, 28]));
    if (cut === 'and') most = 63n;
    if (cut === 'rsh') most = 15n;
    if (cut === 'none') most = 8n;
  }
  const bytes = choices.pick<Bytes>('access', [1, 1, 4, 8]);
  const room = Number(truncate(most)) + bytes + choices.pick('slack', [0, 0, 1, 7, 8, -1]);
  const target = choices.pick('target', ['map', 'map', 'map', 'stack', 'stack', 'size', 'packet', 'result']);
  const number = draft.keepRegister() ?? 9;
  switch (target) {
    case 'map': {
      draft.mov(number, register);
      lookup(draft, draft.addMap(mapOf('array', Math.max(room, 1), null)));
      ifThere(draft, (value) => {
        draft.get(1, value);
        if (choices.chance('number-first', 20)) {
          draft.aluReg('add', number, 1);
          touch(draft, number, bytes);
          return;
        }
        draft.aluReg(choices.pick('plus', ['add', 'add', 'add', 'sub']), 1, number);
        touch(draft, 1, bytes);
      });
      return;
    }
    case 'stack': {
      draft.mov(number, register);
      const size = Math.min(Math.max((room + 7) & ~7, 8), 480);
      const off = zeroed(draft, size);
      draft.address(1, off);
      draft.aluReg('add', 1, number);
      touch(draft, 1, bytes);
      return;
    }
    case 'packet': {
      const end = newLabel();
      draft.mov(number, register);
      draft.load(4, 1, CTX, 76);
      draft.load(4, 2, CTX, 80);
      draft.aluReg('add', 1, number);
      draft.mov(3, 1);
      draft.alu('add', 3, bytes);
      draft.jumpReg('gt', 3, 2, end);
      touch(draft, 1, bytes);
      draft.place(end);
      return;
    }
    case 'size':
      draft.mov(number, register);
      draft.address(1, zeroed(draft, Math.min(Math.max((room + 7) & ~7, 8), 480)));
      draft.mov(2, number);
      {
        draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
        return;
      }
    default:
      // A branch that is dead if the range is known, to an instruction that is refused.
      draft.jump('le', register, Number(truncate(most)), draft.out);
      draft.load(4, 1, register, 0);
  }
}

function touch(draft: Draft, register: number, bytes: Bytes): void {
  if (draft.choices.chance('touch-store', 30)) draft.storeImm(bytes, register, 0, 1);
  else draft.load(bytes, 3, register, 0);
}
