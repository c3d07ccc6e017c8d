import { begin, noise } from '../pieces.ts';
import { asArguments } from '../sources.ts';
import type { Draft } from '../draft.ts';
import { FIELDS, gone, POINTEE, release, use, withReference } from '../references.ts';
import type { Reference, ReferenceKind } from '../references.ts';
import { treat } from './acquire-release.ts';
import { programs } from './family.ts';

const KINDS: readonly ReferenceKind[] = [
  'test',
  'memb',
  'ct',
  'kptr_get',
  'ringbuf',
  'ringbuf',
  'sk_tcp',
  'sk_udp',
  'skc_tcp',
  'xchg',
];

/** References of kfuncs beside those of helpers, given back in any order, or to the wrong function. */
export const mixedRefs = programs('mixed-refs', 10, (draft) => {
  begin(draft);
  noise(draft, 40);
  draft.apart = draft.choices.chance('any-order', 65);
  hold(draft, draft.choices.pick('count', [2, 2, 3, 3, 4]), []);
});

function hold(draft: Draft, count: number, held: readonly Reference[]): void {
  const { choices } = draft;
  withReference(draft, choices.pick('kind', KINDS), (reference) => {
    const all = [...held, reference];
    if (choices.chance('between', 40)) noise(draft, 100);
    if (count > 1) hold(draft, count - 1, all);
    else end(draft, all);
    return draft.held.includes(reference.give) ? 'held' : 'gone';
  });
}

/** All are held: they go in some order. */
function end(draft: Draft, all: readonly Reference[]): void {
  const { choices } = draft;
  const how = choices.pick(
    'how',
    ['order', 'order', 'use', 'pass'],
    ['wrong', 'wrong', 'leak-one', 'treat', 'treat', 'double', 'cross', 'record-read'],
  );
  const one = choices.pick('one', all);
  const two = choices.pick('two', all);
  switch (how) {
    case 'use':
      for (const reference of all) use(draft, reference);
      break;
    case 'pass':
      if (POINTEE[one.kind] === 'memory') {
        asArguments([(register) => draft.get(register, one.place), (register) => draft.set(register, 8)]);
        draft.kfunc('bpf_kfunc_call_test_mem_len_pass1');
      } else if (POINTEE[one.kind].startsWith('socket')) {
        draft.get(1, one.place);
        draft.kfunc('bpf_kfunc_call_test3');
      }
      break;
    case 'wrong':
      draft.get(1, one.place);
      if (choices.chance('wrong-helper', 40)) {
        draft.set(2, 0);
        draft.helper(choices.pick('helper', ['sk_release', 'ringbuf_submit', 'ringbuf_discard']));
      } else
        draft.kfunc(
          choices.pick('kfunc', ['bpf_kfunc_call_test_release', 'bpf_kfunc_call_memb_release', 'bpf_ct_release']),
        );
      if (choices.chance('wrong-gone', 50)) gone(draft, one);
      break;
    case 'leak-one':
      gone(draft, one);
      break;
    case 'treat':
      if (POINTEE[one.kind] === 'memory' || POINTEE[one.kind].startsWith('socket'))
        treat(
          draft,
          one,
          choices.pick('treat-helper', [
            'double',
            'tail-call',
            'absolute',
            'exit-early',
            'spilled',
            'branches',
            'after',
            'leak-branch',
            'half-spill',
            'offset',
          ]),
        );
      else
        treat(
          draft,
          one,
          choices.pick('treat-kfunc', [
            'double',
            'tail-call',
            'absolute',
            'exit-early',
            'other-kfunc',
            'after',
            'loop',
            'loop-double',
            'under-lock',
          ]),
        );
      if (draft.held.includes(one.give) && choices.chance('treat-gone', 30)) gone(draft, one);
      break;
    case 'double':
      release(draft, one);
      two.give();
      gone(draft, two);
      break;
    case 'cross': {
      // A branch joins with one or the other released.
      draft.get(2, one.place);
      draft.get(1, two.place);
      draft.mov(1, 2);
      two.give();
      break;
    }
    case 'record-read': {
      const [size, off] = choices.pick('field', FIELDS[POINTEE[one.kind]] ?? []);
      draft.load(size, 2, draft.at(one.place, 1), off + choices.pick('shift', [4, 8, 16, -8]));
      break;
    }
    default:
  }
  const order = draft.apart ? choices.pick('order', ['last-first', 'first-first', 'mixed']) : 'last-first';
  if (order === 'last-first') return;
  const rest = order === 'first-first' ? all : [...all.slice(1), ...all.slice(0, 1)];
  for (const reference of rest) if (draft.held.includes(reference.give)) release(draft, reference);
}
