import { newLabel } from '../assembler.ts';
import { CTX, FP } from '../draft.ts';
import type { Draft, Place } from '../draft.ts';
import { begin, ifThere, lookup, noise, typedMap } from '../pieces.ts';
import { heldWhile, releaseR1 } from '../references.ts';
import type { Reference, ReferenceKind } from '../references.ts';
import { POINTERS, SCALARS } from '../sources.ts';
import type { Source } from '../sources.ts';
import { ODD_VALUE_TYPES, VALUE_TYPES } from '../value-types.ts';
import type { Kptr } from '../value-types.ts';
import { programs } from './family.ts';
import { withReference } from '../references.ts';
import { treat } from './acquire-release.ts';

const TYPES = [
  'v_mix',
  'v_mix',
  'v_memb',
  'v_ref',
  'v_two',
  'v_typedef',
  'v_const',
  'v_eight_ref',
  'v_reord',
  'v_lock',
];
const ODD = ODD_VALUE_TYPES.map(([name]) => name);

/** Helper 194: what may stand where, what becomes of it, and what comes out. */
export const kptrXchg = programs('kptr-xchg', 12, (draft) => {
  const { choices } = draft;
  begin(draft);
  noise(draft, 30);
  const name = choices.pick(
    'vt',
    TYPES,
    choices.chance('odd-type', 50) ? ODD : ['v_unref', 'v_sock', 'v_task', 'v_plain'],
  );
  const { map } = typedMap(draft, name);
  lookup(draft, map);
  ifThere(draft, (value) => {
    const kptrs = VALUE_TYPES.find((type) => type.name === name)?.kptrs.filter(({ referenced }) => referenced) ?? [];
    const kptr = choices.pick<Kptr>('slot', kptrs.length > 0 ? kptrs : [{ off: 0, target: 'ref', referenced: true }]);
    exchange(draft, kptr, value, map);
  });
});

function exchange(draft: Draft, kptr: Kptr, value: Place, map: number): void {
  const { choices } = draft;
  const kind: ReferenceKind = kptr.target === 'memb' ? 'memb' : 'test';
  const source = choices.pick(
    'src',
    ['null', 'null', 'fresh', 'fresh', 'got', 'out-and-in'],
    [
      'other-type',
      'offset',
      'or-null',
      'field',
      'one',
      'unset',
      'loaded',
      'variable',
      'context',
      'masked-zero',
      'clock',
      'released',
      'twice',
      'null-32',
      'unreferenced',
    ],
  );
  const swap = (fill: () => void): void => {
    fill();
    destination(draft, kptr, value, map);
    draft.helper('kptr_xchg');
    after(draft, kind);
  };
  switch (source) {
    case 'null': {
      swap(() => draft.set(2, 0));
      return;
    }
    case 'null-32': {
      swap(() => draft.alu('mov', 2, 0, 32));
      return;
    }
    case 'one': {
      swap(() => draft.set(2, 1));
      return;
    }
    case 'context': {
      swap(() => draft.mov(2, CTX));
      return;
    }
    case 'unset': {
      swap(() => undefined);
      return;
    }
    case 'masked-zero': {
      swap(() => {
        draft.load(4, 2, CTX, 0);
        draft.alu('and', 2, 0);
      });
      return;
    }
    case 'clock': {
      with_(draft, SCALARS.clock, swap);
      return;
    }
    case 'loaded': {
      with_(draft, kptr.target === 'memb' ? POINTERS['kptr-memb'] : POINTERS['kptr-referenced'], swap);
      return;
    }
    case 'or-null': {
      with_(draft, POINTERS['ref-or-null'], swap);
      return;
    }
    case 'unreferenced': {
      with_(draft, kptr.target === 'memb' ? POINTERS['ref+8'] : POINTERS['ref-next'], swap);
      return;
    }
    default: {
      withReference(
        draft,
        source === 'got' && kind === 'test' ? 'kptr_get' : source === 'other-type' ? other(kind) : kind,
        (reference) => give(draft, reference, source, swap),
      );
      return;
    }
  }
}

const other = (kind: ReferenceKind): ReferenceKind => (kind === 'memb' ? 'test' : 'memb');

function with_(draft: Draft, source: Source, swap: (fill: () => void) => void): void {
  source(draft, (into) => swap(() => into(2)));
}

function give(draft: Draft, reference: Reference, source: string, swap: (fill: () => void) => void): 'held' | 'gone' {
  const { choices } = draft;
  const at = draft.held.indexOf(reference.give);
  if (at >= 0) draft.held.splice(at, 1);
  switch (source) {
    case 'released':
      reference.give();
      swap(() => draft.get(2, reference.place));
      return 'gone';
    case 'twice':
      draft.get(2, reference.place);
      draft.mov(1, 2);
      swap(() => draft.get(2, reference.place));
      swap(() => draft.get(2, reference.place));
      return 'gone';
    case 'offset':
      swap(() => {
        draft.get(2, reference.place);
        draft.alu('add', 2, choices.pick('by', [4, 8]));
      });
      return choices.chance('held-after', 50) ? 'held' : 'gone';
    case 'variable':
      swap(() => {
        draft.get(2, reference.place);
        draft.load(4, 3, CTX, 0);
        draft.alu('and', 3, 8);
        draft.aluReg('add', 2, 3);
      });
      return 'gone';
    case 'field':
      swap(() => {
        draft.get(2, reference.place);
        draft.load(8, 2, 2, 16);
      });
      return 'held';
    case 'out-and-in': {
      // What comes out goes in again.
      swap(() => draft.get(2, reference.place));
      return 'gone';
    }
    default:
      swap(() => draft.get(2, reference.place));
      if (choices.pick('then', ['gone', 'gone'], ['held', 'used']) === 'held') return 'held';
      return 'gone';
  }
}

function destination(draft: Draft, kptr: Kptr, value: Place, map: number): void {
  const { choices } = draft;
  switch (
    choices.pick(
      'dst',
      ['plain', 'plain', 'copy', 'constant'],
      [
        'stack',
        'other-kptr',
        'zero',
        'half',
        'map',
        'context',
        'or-null',
        'variable',
        'negative',
        'beyond',
        'scalar',
        'known-variable',
      ],
    )
  ) {
    case 'plain':
      draft.get(1, value);
      if (kptr.off !== 0) draft.alu('add', 1, kptr.off);
      return;
    case 'copy':
      draft.get(3, value);
      draft.mov(1, 3);
      if (kptr.off !== 0) draft.alu('add', 1, kptr.off);
      return;
    case 'constant':
      draft.get(1, value);
      draft.set(3, kptr.off);
      {
        draft.aluReg('add', 1, 3);
        return;
      }
    case 'stack': {
      const off = draft.stack(8);
      draft.storeImm(8, FP, off, 0);
      draft.address(1, off);
      return;
    }
    case 'other-kptr':
      draft.get(1, value);
      {
        draft.alu('add', 1, choices.pick('other-off', [8, 32, 0, 16, 24, 40]));
        return;
      }
    case 'zero': {
      draft.get(1, value);
      return;
    }
    case 'half':
      draft.get(1, value);
      {
        draft.alu('add', 1, kptr.off + 4);
        return;
      }
    case 'map': {
      draft.map(1, map);
      return;
    }
    case 'context': {
      draft.mov(1, CTX);
      return;
    }
    case 'or-null': {
      const spill = draft.stack(8);
      draft.store(8, FP, spill, 2);
      lookup(draft, map);
      draft.mov(1, 0);
      draft.load(8, 2, FP, spill);
      return;
    }
    case 'variable':
    case 'known-variable': {
      draft.get(1, value);
      draft.load(4, 3, CTX, 0);
      draft.alu('and', 3, choices.pick('dst-mask', [8, 16, 24]));
      if (choices.chance('dst-known', 40)) draft.alu('and', 3, 0);
      draft.aluReg('add', 1, 3);
      return;
    }
    case 'negative':
      draft.get(1, value);
      {
        draft.alu('sub', 1, 8);
        return;
      }
    case 'beyond':
      draft.get(1, value);
      {
        draft.alu('add', 1, 4096);
        return;
      }
    default: {
      draft.set(1, 0);
      return;
    }
  }
}

function after(draft: Draft, kind: ReferenceKind): void {
  const { choices } = draft;
  switch (
    choices.pick(
      'after',
      ['release', 'release', 'release', 'use'],
      ['unchecked', 'leak', 'other-kfunc', 'offset', 'treat', 'reload'],
    )
  ) {
    case 'unchecked':
      draft.mov(1, 0);
      {
        releaseR1(draft, kind);
        return;
      }
    case 'leak':
      if (choices.chance('leak-kept', 50)) draft.mov(3, 0);
      {
        draft.set(0, 0);
        return;
      }
    case 'other-kfunc': {
      heldWhile(draft, kind, (reference) => {
        draft.get(1, reference.place);
        draft.kfunc(kind === 'memb' ? 'bpf_kfunc_call_memb1_release' : 'bpf_kfunc_call_memb_release');
        return 'gone';
      });
      return;
    }
    case 'offset': {
      heldWhile(draft, kind, (reference) => treat(draft, reference, 'offset'));
      return;
    }
    case 'treat': {
      heldWhile(draft, kind, (reference) =>
        treat(
          draft,
          reference,
          choices.pick('treat', ['double', 'after', 'leak-branch', 'tail-call', 'half-spill', 'odd-field', 'branches']),
        ),
      );
      return;
    }
    case 'reload': {
      const [end, slot] = [newLabel(), draft.stack(8)];
      draft.store(8, FP, slot, 0);
      draft.load(8, 1, FP, slot);
      draft.jump('eq', 1, 0, end);
      draft.load(8, 1, FP, slot);
      releaseR1(draft, kind);
      draft.place(end);
      return;
    }
    default: {
      heldWhile(draft, kind, (reference) => treat(draft, reference, 'plain'));
      return;
    }
  }
}
