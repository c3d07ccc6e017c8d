import { newLabel } from '../assembler.ts';
import { CTX } from '../draft.ts';
import type { Draft, Place } from '../draft.ts';
import type { Bytes } from '../opcodes.ts';
import { begin, ifThere, lookup, noise, typedMap } from '../pieces.ts';
import { acquire, FIELDS, heldWhile } from '../references.ts';
import { POINTERS, SCALARS } from '../sources.ts';
import type { Into, Source } from '../sources.ts';
import { VALUE_TYPES } from '../value-types.ts';
import type { Kptr, ValueType } from '../value-types.ts';
import { programs } from './family.ts';

const COMMON: readonly ValueType[] = VALUE_TYPES.filter(({ name }) =>
  ['v_mix', 'v_memb', 'v_ref', 'v_unref', 'v_two', 'v_sock', 'v_task', 'v_m1', 'v_skb', 'v_reord', 'v_nfct'].includes(
    name,
  ),
);
/** Values that may be stored in an unreferenced kptr, by its target. */
const STORED: Readonly<Record<Kptr['target'], readonly Source[]>> = {
  ref: [POINTERS.ref, POINTERS.ref, POINTERS['ref-next'], POINTERS['kptr-get'], POINTERS.kptr],
  memb: [POINTERS.memb, POINTERS['kptr-memb'], POINTERS['ref+8']],
  memb1: [POINTERS.memb],
  skb: [SCALARS.zero],
  task: [POINTERS.task, POINTERS['kptr-task']],
  sock: [POINTERS['btf-sock'], POINTERS['btf-tcp-sock'], POINTERS['kptr-sock']],
  sock_common: [POINTERS['btf-sock'], POINTERS['btf-tcp-sock']],
  ct: [POINTERS.ct, POINTERS['ct-master']],
};
const ODD_STORED: readonly Source[] = [
  POINTERS.ref,
  POINTERS.memb,
  POINTERS['ref+4'],
  POINTERS['ref+8'],
  POINTERS['memb+4'],
  POINTERS['ref-or-null'],
  POINTERS['kptr-or-null'],
  POINTERS.ctx,
  POINTERS.fp,
  POINTERS.sk,
  POINTERS['sk-common'],
  POINTERS['btf-sock+8'],
  POINTERS['map-16'],
  POINTERS.task,
  SCALARS.one,
  SCALARS.clock,
  SCALARS.context,
  SCALARS['minus-32'],
];

export const kptrAccess = programs('kptr-access', 14, (draft) => {
  const { choices } = draft;
  begin(draft);
  noise(draft);
  const type = choices.pick('type', choices.chance('rare', 20) ? VALUE_TYPES : [...COMMON, ...COMMON.slice(0, 2)]);
  const { map } = typedMap(draft, type.name);
  lookup(draft, map);
  ifThere(draft, (value) => access(draft, type, value));
});

function access(draft: Draft, type: ValueType, value: Place): void {
  const { choices } = draft;
  const unreferenced = type.kptrs.filter(({ referenced }) => !referenced);
  const referenced = type.kptrs.filter((kptr) => kptr.referenced);
  const kptr = choices.pick('f', type.kptrs, [...unreferenced, ...referenced, ...unreferenced]);
  const ways = ['load', 'load-use', ...(kptr.referenced ? [] : ['store', 'zero', 'zero-imm', 'store-loaded'])];
  if (type.plain.length > 0) ways.push('plain', 'helper', 'region');
  switch (choices.pick('way', ways, ['store', 'zero-imm', 'one-imm', 'helper-kptr', 'atomic', 'whole', 'negative'])) {
    case 'load': {
      load(draft, kptr, value);
      return;
    }
    case 'load-use':
      load(draft, kptr, value);
      {
        useLoaded(draft, kptr);
        return;
      }
    case 'store': {
      choices.pick('src', STORED[kptr.target], ODD_STORED)(draft, (into) => store(draft, kptr, value, into));
      return;
    }
    case 'store-loaded': {
      load(draft, kptr, value);
      const end = newLabel();
      if (choices.chance('store-checked', 60)) draft.jump('eq', 3, 0, end);
      draft.store(8, draft.at(value, 1), kptr.off, 3);
      draft.place(end);
      return;
    }
    case 'zero': {
      store(draft, kptr, value, (register) => draft.set(register, 0));
      return;
    }
    case 'zero-imm':
    case 'one-imm': {
      const imm = choices.pick('imm', [0], [1, -1, 8]);
      draft.storeImm(size(draft), draft.at(value, 1), kptr.off + misplaced(draft), imm);
      return;
    }
    case 'plain': {
      const off = choices.pick('plain', type.plain);
      const bytes = choices.pick<Bytes>('plain-size', [8, 4, 1], [2]);
      if (choices.chance('plain-store', 50)) draft.storeImm(bytes, draft.at(value, 1), off + poff(draft), 5);
      else draft.load(bytes, 3, draft.at(value, 1), off + poff(draft));
      return;
    }
    case 'helper':
    case 'helper-kptr':
      draft.get(1, value);
      draft.alu(
        'add',
        1,
        choices.pick('poff', type.plain.length > 0 ? type.plain : [0], [...type.kptrs.map(({ off }) => off), 4, 12]),
      );
      acquire(draft, 'test');
      {
        heldWhile(draft, 'test', () => 'held');
        return;
      }
    case 'region': {
      region(draft, type, value);
      return;
    }
    case 'atomic':
      draft.set(3, choices.pick('atomic-value', [0, 1]));
      {
        draft.atomic(
          choices.pick('atomic-size', [4, 8]),
          draft.at(value, 1),
          choices.pick('atomic-off', [kptr.off, 0]),
          3,
          choices.pick('atomic-op', [0, 1, 0xe1, 0xf1]),
        );
        return;
      }
    case 'whole':
      // The value as a whole, to a helper that reads it.
      draft.get(2, value);
      draft.map(1, typedMap(draft, type.name).map);
      {
        draft.helper('map_lookup_elem');
        return;
      }
    default: {
      draft.load(8, 3, draft.at(value, 1), -8);
      return;
    }
  }
}

function size(draft: Draft): Bytes {
  return draft.choices.pick<Bytes>('sz', [8], [4, 2, 1]);
}

const misplaced = (draft: Draft): number => draft.choices.pick('mis', [0], [4, 2, 1, -4, -1, 7]);
const poff = (draft: Draft): number => draft.choices.pick('poff', [0], [4, 8, -8, 16, 1, 7]);

/** r3 = *(value + offset of the kptr), in one of several ways to say so */
function load(draft: Draft, kptr: Kptr, value: Place): void {
  const { choices } = draft;
  const bytes = size(draft);
  const off = kptr.off + misplaced(draft);
  switch (
    choices.pick('var', ['direct', 'direct', 'copy', 'moved'], ['variable', 'masked-8', 'constant-register', 'bounded'])
  ) {
    case 'direct': {
      draft.load(bytes, 3, draft.at(value, 1), off);
      return;
    }
    case 'copy':
      draft.get(2, value);
      {
        draft.load(bytes, 3, 2, off);
        return;
      }
    case 'moved':
      draft.get(2, value);
      draft.alu('add', 2, off);
      {
        draft.load(bytes, 3, 2, 0);
        return;
      }
    case 'constant-register':
      draft.set(3, off);
      draft.get(2, value);
      draft.aluReg('add', 2, 3);
      {
        draft.load(bytes, 3, 2, 0);
        return;
      }
    case 'bounded': {
      const end = newLabel();
      draft.set(3, 0);
      draft.load(4, 4, CTX, 0);
      draft.jump('gt', 4, 8, end);
      draft.get(2, value);
      draft.aluReg('add', 2, 4);
      draft.load(bytes, 3, 2, off);
      draft.place(end);
      return;
    }
    default:
      draft.load(4, 4, CTX, 0);
      draft.alu('and', 4, choices.pick('mask', [8, 16, 0, 7]));
      draft.get(2, value);
      draft.aluReg('add', 2, 4);
      {
        draft.load(bytes, 3, 2, off);
        return;
      }
  }
}

function store(draft: Draft, kptr: Kptr, value: Place, into: Into): void {
  const bytes = size(draft);
  const off = kptr.off + misplaced(draft);
  into(3);
  if (draft.choices.pick('mode', ['plain'], ['atomic']) === 'atomic') {
    draft.atomic(8, draft.at(value, 1), off, 3, 0xe1);
    return;
  }
  if (draft.choices.chance('copied', 40)) {
    draft.get(2, value);
    draft.store(bytes, 2, off, 3);
    return;
  }
  draft.store(bytes, draft.at(value, 1), off, 3);
}

/** What is done with a kptr in r3. */
function useLoaded(draft: Draft, kptr: Kptr): void {
  const { choices } = draft;
  const end = newLabel();
  const fields = FIELDS[kptr.target] ?? [[4, 0] as const];
  const [bytes, off] = choices.pick('after-field', fields);
  const how = choices.pick(
    'after',
    ['read', 'read', 'read-late', 'none', 'next'],
    [
      'unchecked',
      'pass1',
      'mem-len',
      'release',
      'negative',
      'beyond',
      'write',
      'test3',
      'offset',
      'spill',
      'helper',
      'xchg',
      'return',
    ],
  );
  if (how !== 'unchecked' && how !== 'none') draft.jump('eq', 3, 0, end);
  switch (how) {
    case 'read':
    case 'unchecked':
      draft.load(bytes, 2, 3, off);
      break;
    case 'read-late':
      draft.load(bytes, 2, 3, off);
      draft.helper('ktime_get_ns');
      break;
    case 'next':
      if (kptr.target !== 'ref') break;
      draft.load(8, 4, 3, 16);
      draft.load(4, 5, 4, 0);
      break;
    case 'pass1':
      draft.mov(1, 3);
      draft.kfunc('bpf_kfunc_call_test_pass1');
      break;
    case 'mem-len':
      draft.mov(1, 3);
      draft.set(2, 4);
      draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
      break;
    case 'release':
      draft.mov(1, 3);
      draft.kfunc(kptr.target === 'memb' ? 'bpf_kfunc_call_memb_release' : 'bpf_kfunc_call_test_release');
      break;
    case 'negative':
      draft.load(8, 2, 3, -8);
      break;
    case 'beyond':
      draft.load(8, 2, 3, choices.pick('beyond', [32, 28, 8192, 24]));
      break;
    case 'write':
      draft.storeImm(4, 3, 0, 1);
      break;
    case 'test3':
      draft.mov(1, 3);
      draft.kfunc('bpf_kfunc_call_test3');
      break;
    case 'offset':
      draft.alu('add', 3, choices.pick('by', [4, 8, -4]));
      draft.load(4, 2, 3, 0);
      break;
    case 'spill': {
      const slot = draft.stack(8);
      draft.store(8, 10, slot, 3);
      draft.load(8, 4, 10, slot);
      draft.load(bytes, 5, 4, off);
      break;
    }
    case 'helper':
      draft.mov(1, 3);
      draft.helper(choices.pick('helper', ['sk_release', 'sk_fullsock', 'skc_to_tcp_sock']));
      break;
    case 'xchg':
      draft.mov(1, 3);
      draft.set(2, 0);
      draft.helper('kptr_xchg');
      break;
    case 'return':
      draft.mov(0, 3);
      draft.exit();
      break;
    default:
  }
  draft.place(end);
}

/** A stretch of the value as memory for a kfunc. */
function region(draft: Draft, type: ValueType, value: Place): void {
  const { choices } = draft;
  draft.get(1, value);
  const start = choices.pick('region', type.plain, [0, 4, 8, 12, 16, type.size - 4]);
  draft.alu('add', 1, start);
  if (choices.pick('rvar', [false], [true])) {
    draft.load(4, 3, CTX, 0);
    draft.alu('and', 3, choices.pick('rmask', [7, 3, 15]));
    draft.aluReg('add', 1, 3);
  }
  if (choices.pick('pvar', [false], [true])) {
    draft.load(4, 2, CTX, 0);
    draft.alu('and', 2, choices.pick('pmask', [7, 8, 15, 31]));
  } else draft.set(2, choices.pick('rsize', [8, 4, 1], [16, 12, 0, 9]));
  draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
}
