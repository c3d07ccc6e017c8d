import { newLabel } from './assembler.ts';
import type { Slot } from './assembler.ts';
import type { Case, MapCase, MapDefinition, ProgramCase } from './case.ts';
import { Choices } from './choices.ts';
import { ALU, BY_REGISTER, CALL, EXIT, JUMP, LD_IMM64 } from './opcodes.ts';
import { insertSlot, putTogether, removeSlots, takeApart } from './slots.ts';
import type { Program } from './slots.ts';
import { ODD_VALUE_TYPES, VALUE_TYPES, VALUE_TYPES_V6_12 } from './value-types.ts';

const IMMEDIATES = [0, 1, 2, 4, 7, 8, 12, 15, 16, 24, 32, 63, 64, 100, 255, -1, -4, -8, -16, 0x7fffffff, -0x80000000];
/** What calls become calls of, unless others are given. */
const KFUNCS: readonly string[] = [
  'bpf_kfunc_call_test_release',
  'bpf_kfunc_call_memb_release',
  'bpf_kfunc_call_memb1_release',
  'bpf_ct_release',
  'bpf_kfunc_call_test_acquire',
  'bpf_kfunc_call_memb_acquire',
  'bpf_kfunc_call_test_pass1',
  'bpf_kfunc_call_test_mem_len_pass1',
  'bpf_kfunc_call_test3',
  'bpf_kfunc_call_test_kptr_get',
  'bpf_kfunc_call_test_pass_ctx',
  'bpf_fentry_test1',
];
const HELPERS = [1, 2, 3, 5, 7, 14, 26, 86, 93, 94, 95, 96, 132, 133, 137, 158, 194];
const PROGRAM_TYPES = [
  'sched_cls',
  'sched_act',
  'xdp',
  'socket_filter',
  'cgroup_skb',
  'syscall',
  'kprobe',
  'lwt_xmit',
  'raw_tracepoint',
];
const MAP_TYPES = ['array', 'hash', 'lru_hash', 'percpu_array', 'percpu_hash', 'queue', 'ringbuf', 'prog_array'];
/** Value types of maps and their sizes, by the blob that they are in. */
const VALUES: ReadonlyMap<string, readonly (readonly [string, number])[]> = new Map([
  ['maps', [...VALUE_TYPES.map(({ name, size }) => [name, size] as const), ...ODD_VALUE_TYPES]],
  ['maps-v6.12', VALUE_TYPES_V6_12],
]);

/**
 * The case with one or two small changes that it says of itself.
 *
 * @param kfuncs names that calls of kfuncs are changed to
 */
export function mutate(base: Case, seed: number, kfuncs = KFUNCS): Case {
  const choices = new Choices(seed);
  const mutated: string[] = [];
  if (base.kind === 'map') return { ...changeMapCase(base, choices, mutated), variant: 1, mutated };
  const program = takeApart(base);
  let changed: ProgramCase = base;
  for (let count = choices.pick('changes', [1, 1, 2]); count > 0; count--) {
    const what = choices.pick('change', [
      'slot',
      'slot',
      'slot',
      'slot',
      'slot',
      'slot',
      'remove',
      'remove',
      'insert',
      'swap',
      'map',
      'type',
    ]);
    if (what === 'map' && changed.maps.length > 0) changed = { ...changed, ...withMap(changed, choices, mutated) };
    else if (what === 'type' && choices.chance('type', 40)) {
      changed = withType(changed, choices.pick('prog-type', PROGRAM_TYPES));
      mutated.push(`prog_type=${changed.prog_type}`);
    } else changeCode(program, what, choices, mutated, kfuncs);
  }
  return { ...putTogether(changed, program), variant: 1, mutated };
}

/** What it was attached to is dropped: it belongs to the other type. */
function withType(program: ProgramCase, prog_type: string): ProgramCase {
  const changed: { -readonly [Key in keyof ProgramCase]: ProgramCase[Key] } = { ...program, prog_type };
  delete changed.expected_attach_type;
  delete changed.attach_func;
  delete changed.attach_struct;
  delete changed.attach_member;
  return changed;
}

function changeCode(
  program: Program,
  what: string,
  choices: Choices,
  mutated: string[],
  kfuncs: readonly string[],
): void {
  const at = choices.int('at', 0, program.slots.length - 1);
  const slot = program.slots[at];
  if (slot === undefined || slot.opcode === 0) return;
  const wide = slot.opcode === LD_IMM64;
  mutated.push(`${what}@${String(at)}`);
  switch (what) {
    case 'remove': {
      removeSlots(program, at, wide ? 2 : 1);
      return;
    }
    case 'insert': {
      insertSlot(program, at, inserted(choices, program));
      return;
    }
    case 'swap': {
      const next = program.slots[at + 1];
      if (wide || next === undefined || next.opcode === LD_IMM64 || next.opcode === 0) return;
      program.slots[at] = next;
      program.slots[at + 1] = slot;
      return;
    }
    default: {
      changeSlot(slot, choices, program, kfuncs);
      return;
    }
  }
}

function inserted(choices: Choices, program: Program): Slot {
  const register = (name: string): number => choices.int(name, 0, 10);
  const plain = { off: 0, imm: 0 };
  switch (choices.pick('inserted', ['mov', 'set', 'load', 'store', 'jump', 'call', 'exit', 'copy', 'add'])) {
    case 'mov':
      return { ...plain, opcode: 0xbf, dst: choices.int('to', 0, 9), src: register('from') };
    case 'set':
      return {
        ...plain,
        opcode: choices.pick('set', [0xb7, 0xb4]),
        dst: choices.int('to', 0, 9),
        src: 0,
        imm: choices.pick('imm', IMMEDIATES),
      };
    case 'add':
      return { ...plain, opcode: 0x07, dst: choices.int('to', 0, 9), src: 0, imm: choices.pick('imm', IMMEDIATES) };
    case 'load':
      return {
        ...plain,
        opcode: choices.pick('load', [0x79, 0x61, 0x71, 0x69]),
        dst: choices.int('to', 0, 9),
        src: register('from'),
        off: choices.pick('off', [0, 4, 8, 16, -8, -16]),
      };
    case 'store':
      return {
        ...plain,
        opcode: choices.pick('store', [0x7b, 0x63, 0x73]),
        dst: register('to'),
        src: register('from'),
        off: choices.pick('off', [0, 8, -8, -16, -24]),
      };
    case 'jump': {
      const target = newLabel();
      target.slot = choices.int('target', 1, program.slots.length - 1);
      return {
        ...plain,
        opcode: choices.pick('jump', [0x15, 0x55, 0x25, 0x16, 0xa5]),
        dst: choices.int('to', 0, 9),
        src: 0,
        imm: choices.pick('imm', IMMEDIATES),
        target,
      };
    }
    case 'call':
      return { ...plain, opcode: CALL, dst: 0, src: 0, imm: choices.pick('helper', [5, 7, 8]) };
    case 'exit':
      return { ...plain, opcode: EXIT, dst: 0, src: 0 };
    default: {
      const copied = program.slots[choices.int('copied', 0, program.slots.length - 1)];
      if (copied === undefined || copied.opcode === LD_IMM64 || copied.opcode === 0)
        return { ...plain, opcode: 0xbf, dst: 2, src: 1 };
      return { ...copied };
    }
  }
}

function changeSlot(slot: Slot, choices: Choices, program: Program, kfuncs: readonly string[]): void {
  const kind = slot.opcode & 7;
  if (slot.opcode === CALL) {
    if (slot.kfunc !== undefined) slot.kfunc = choices.pick('kfunc', kfuncs);
    else if (slot.target === undefined) slot.imm = choices.pick('helper', HELPERS);
    return;
  }
  if (slot.opcode === EXIT) return;
  switch (choices.pick('part', ['imm', 'imm', 'off', 'off', 'dst', 'src', 'opcode', 'opcode'])) {
    case 'dst':
      slot.dst = choices.int('dst', 0, 10);
      return;
    case 'src':
      if (slot.opcode !== LD_IMM64 && (slot.opcode & BY_REGISTER || kind === 1 || kind === 3))
        slot.src = choices.int('src', 0, 10);
      else slot.imm = nearby(slot.imm, choices);
      return;
    case 'off':
      if (slot.target !== undefined) {
        const target = newLabel();
        target.slot = choices.int('target', 0, program.slots.length - 1);
        slot.target = target;
      } else if (kind === 1 || kind === 2 || kind === 3) slot.off = nearby(slot.off, choices);
      else slot.imm = nearby(slot.imm, choices);
      return;
    case 'imm':
      if (slot.map === undefined && slot.target === undefined)
        slot.imm = choices.chance('far', 40) ? choices.pick('imm', IMMEDIATES) : nearby(slot.imm, choices);
      else if (kind === 5 || kind === 6) slot.imm = choices.pick('imm', IMMEDIATES);
      return;
    default: {
      changeOpcode(slot, kind, choices);
      return;
    }
  }
}

function nearby(value: number, choices: Choices): number {
  return value + choices.pick('by', [1, -1, 4, -4, 8, -8, 16, -16, 2, 7]);
}

function changeOpcode(slot: Slot, kind: number, choices: Choices): void {
  if (slot.opcode === LD_IMM64) return;
  if (kind === 1 || kind === 2 || kind === 3) {
    slot.opcode = (slot.opcode & ~0x18) | choices.pick('size', [0x00, 0x08, 0x10, 0x18]);
    return;
  }
  if (kind === 5 || kind === 6) {
    if (slot.opcode === 0x05) return;
    if (choices.chance('other-bits', 30)) slot.opcode ^= 5 ^ 6;
    else
      slot.opcode =
        (slot.opcode & 0x0f) |
        choices.pick(
          'jump',
          Object.values(JUMP).filter((op) => op !== 0),
        );
    return;
  }
  if (kind === 4 || kind === 7) {
    if (choices.chance('other-bits', 30)) slot.opcode ^= 4 ^ 7;
    else
      slot.opcode =
        (slot.opcode & 0x0f) |
        choices.pick(
          'alu',
          Object.values(ALU).filter((op) => op !== ALU.neg && op !== ALU.end),
        );
  }
}

/** The maps with one of them changed, and the blob that their types are in. */
function withMap(base: Case, choices: Choices, mutated: string[]): Pick<Case, 'maps' | 'btf'> {
  const at = choices.int('map', 0, base.maps.length - 1);
  const blob = base.btf !== null && VALUES.has(base.btf) ? base.btf : 'maps';
  const values = VALUES.get(blob) ?? [];
  const maps = base.maps.map((map, position) => (position === at ? changeMap(map, choices, mutated, values) : map));
  const typed = maps.some(({ value_type }) => value_type !== null);
  return { maps, btf: typed ? blob : base.btf };
}

function changeMap(
  map: MapDefinition,
  choices: Choices,
  mutated: string[],
  values: readonly (readonly [string, number])[],
): MapDefinition {
  const part = choices.pick('map-part', [
    'type',
    'value',
    'value',
    'key_size',
    'value_size',
    'map_flags',
    'max_entries',
  ]);
  mutated.push(`map.${part}`);
  const [value_type, value_size] = choices.pick('value', values);
  switch (part) {
    case 'type':
      return { ...map, type: choices.pick('map-type', MAP_TYPES) };
    case 'value':
      return map.value_type === null && choices.chance('size-only', 60)
        ? { ...map, value_size: choices.pick('value-size', [8, 16, 24, 48, 4]) }
        : { ...map, value_type, value_size };
    case 'key_size':
      return { ...map, key_size: choices.pick('key-size', [8, 16, 2, 0, 4]) };
    case 'value_size':
      return { ...map, value_size: map.value_size + choices.pick('value-by', [8, -8, 4, -4]) };
    case 'map_flags':
      return { ...map, map_flags: choices.pick('map-flags', [0x80, 0x100, 1, 0x1000, 0x400, 2]) };
    default:
      return { ...map, max_entries: choices.pick('entries', [0, 2, 4096]) };
  }
}

function changeMapCase(base: MapCase, choices: Choices, mutated: string[]): MapCase {
  if (choices.chance('ops', 40) && base.ops.length > 1) {
    const at = choices.int('op', 1, base.ops.length - 1);
    mutated.push(`op@${String(at)}`);
    const op = choices.pick('operation', ['lookup', 'update', 'delete', 'freeze', 'mmap'] as const);
    return {
      ...base,
      ops: base.ops.map((was, position) => (position === at ? { op, map: 0, arg: choices.pick('arg', [0, 1]) } : was)),
    };
  }
  return { ...base, ...withMap(base, choices, mutated) };
}
