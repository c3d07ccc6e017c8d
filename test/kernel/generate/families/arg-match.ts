import { begin, noise } from '../pieces.ts';
import { heldWhile } from '../references.ts';
import { ANY, asArguments, mapBytes, POINTERS, SCALARS, stackBytes, withAll } from '../sources.ts';
import type { Source } from '../sources.ts';
import { programs } from './family.ts';

const SCALAR: readonly Source[] = [SCALARS.zero, SCALARS.one, SCALARS.context, SCALARS.clock];
const SOCK: readonly Source[] = [
  POINTERS.sk,
  POINTERS['btf-sock'],
  POINTERS['sk-referenced'],
  POINTERS['btf-tcp-sock'],
];
const CONTEXT: readonly Source[] = [POINTERS.ctx];
const memory = (size: number): Source[] => [
  stackBytes(size),
  stackBytes(size + 8),
  mapBytes(size),
  mapBytes(96),
  ...(size <= 8 ? [POINTERS.record, POINTERS['packet-16']] : []),
];
/** A pointer and a size that fits. */
const PAIRS: readonly (readonly [Source, Source])[] = [
  [stackBytes(8), SCALARS['masked-7']],
  [stackBytes(16), SCALARS['masked-15']],
  [stackBytes(16), SCALARS.sixteen],
  [stackBytes(16), SCALARS.zero],
  [stackBytes(16), SCALARS['at-most-16']],
  [stackBytes(16), SCALARS['below-9']],
  [stackBytes(32), SCALARS['masked-31']],
  [stackBytes(16), SCALARS['spilled-constant']],
  [stackBytes(16), SCALARS['at-most-16-in-32']],
  [stackBytes(16), SCALARS['masked-plus']],
  [stackBytes(16), SCALARS['imm64-small']],
  [mapBytes(16), SCALARS['masked-15']],
  [mapBytes(16), SCALARS.sixteen],
  [mapBytes(96, 8), SCALARS['signed-both']],
  [mapBytes(96), SCALARS['clock-masked']],
  [mapBytes(24), SCALARS['clock-shifted']],
  [POINTERS.record, SCALARS.eight],
  [POINTERS['packet-16'], SCALARS.sixteen],
  [POINTERS['packet-8'], SCALARS['masked-7']],
  [POINTERS['map-variable'], SCALARS['masked-31']],
  [SCALARS.zero, SCALARS.zero],
  [POINTERS['stack-variable'], SCALARS.eight],
];

interface Call {
  readonly kfunc: string;
  readonly args: readonly (readonly Source[])[];
  /** Arguments (from 0) that are a pointer and a size, chosen together. */
  readonly pairs?: readonly number[];
  /** The result is a reference to this. */
  readonly gives?: 'test' | 'memb' | 'ct';
}

const CALLS: readonly Call[] = [
  { kfunc: 'bpf_kfunc_call_test1', args: [SOCK, SCALAR, SCALAR, SCALAR, SCALAR] },
  { kfunc: 'bpf_kfunc_call_test2', args: [SOCK, SCALAR, SCALAR] },
  { kfunc: 'bpf_kfunc_call_test3', args: [SOCK] },
  { kfunc: 'bpf_kfunc_call_test_pass_ctx', args: [CONTEXT] },
  { kfunc: 'bpf_kfunc_call_test_pass1', args: [memory(16)] },
  { kfunc: 'bpf_kfunc_call_test_pass2', args: [memory(88)] },
  { kfunc: 'bpf_kfunc_call_test_fail1', args: [memory(16)] },
  { kfunc: 'bpf_kfunc_call_test_fail2', args: [memory(24)] },
  { kfunc: 'bpf_kfunc_call_test_fail3', args: [memory(8)] },
  { kfunc: 'bpf_kfunc_call_test_mem_len_pass1', args: [[], []], pairs: [0] },
  { kfunc: 'bpf_kfunc_call_test_mem_len_pass1', args: [[], []], pairs: [0] },
  { kfunc: 'bpf_kfunc_call_test_mem_len_fail1', args: [[], []], pairs: [0] },
  { kfunc: 'bpf_kfunc_call_test_mem_len_fail2', args: [[], []], pairs: [0] },
  { kfunc: 'bpf_kfunc_call_test_acquire', args: [memory(8)], gives: 'test' },
  { kfunc: 'bpf_kfunc_call_memb_acquire', args: [], gives: 'memb' },
  { kfunc: 'bpf_skb_ct_lookup', args: [CONTEXT, [], [], [], []], pairs: [1, 3], gives: 'ct' },
  { kfunc: 'bpf_kfunc_call_test_kptr_get', args: [[POINTERS['map-kptr-slot']], SCALAR, SCALAR], gives: 'test' },
  { kfunc: 'bpf_kfunc_call_test_release', args: [[POINTERS['stack-8']]] },
  { kfunc: 'bpf_kfunc_call_memb_release', args: [[POINTERS['map-8']]] },
  { kfunc: 'bpf_kfunc_call_memb1_release', args: [[POINTERS['stack-8'], POINTERS.memb]] },
];

const COMMON: readonly Call[] = CALLS.filter(({ kfunc }) => !/fail|release/.test(kfunc));

/** Every argument of every kfunc with every kind of value. */
export const argMatch = programs('arg-match', 16, (draft) => {
  const { choices } = draft;
  begin(draft);
  noise(draft);
  const call = choices.pick('call', choices.chance('rare', 20) ? CALLS : COMMON);
  const sources: Source[] = [];
  for (const [at, good] of call.args.entries()) {
    if (sources.length > at) continue;
    if (call.pairs?.includes(at) === true) {
      const [memory, size] = choices.pick('pair', PAIRS);
      sources.push(choices.pick(`mem`, [memory], ANY), choices.pick('size', [size], Object.values(SCALARS)));
    } else sources.push(choices.pick(`arg${String(at + 1)}`, good, ANY));
  }
  withAll(draft, sources, (values) => {
    asArguments(values);
    draft.kfunc(call.kfunc);
    if (call.gives !== undefined) heldWhile(draft, call.gives, () => 'held');
  });
});
