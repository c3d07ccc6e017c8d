import { CTX } from '../draft.ts';
import type { Draft, Place } from '../draft.ts';
import { begin, ifThere, lookup, noise, typedMap } from '../pieces.ts';
import { heldWhile, releaseR1, withReference } from '../references.ts';
import { ANY, POINTERS, SCALARS } from '../sources.ts';
import type { Into } from '../sources.ts';
import { ODD_VALUE_TYPES, VALUE_TYPES } from '../value-types.ts';
import { treat } from './acquire-release.ts';
import { programs } from './family.ts';

const TYPES = [
  'v_mix',
  'v_mix',
  'v_two',
  'v_typedef',
  'v_const',
  'v_ref',
  'v_seven',
  'v_reord',
  'v_lock',
  'v_timer',
  'v_eight_ref',
];
const ODD = [...ODD_VALUE_TYPES.map(([name]) => name), 'v_unref', 'v_memb', 'v_sock'];

export const kptrGet = programs('kptr-get', 10, (draft) => {
  const { choices } = draft;
  begin(draft);
  noise(draft);
  const name = choices.pick('vt', TYPES, ODD);
  const { map } = typedMap(draft, name);
  lookup(draft, map);
  ifThere(draft, (value) => {
    const offsets =
      VALUE_TYPES.find((type) => type.name === name)?.kptrs.filter(
        ({ referenced, target }) => referenced && target === 'ref',
      ) ?? [];
    const off = choices.pick('slot', offsets.length > 0 ? offsets.map((kptr) => kptr.off) : [0]);
    const numbers = [SCALARS.zero, SCALARS.one, SCALARS.context, SCALARS.clock];
    choices.pick(
      'a2',
      numbers,
      ANY,
    )(draft, (second) =>
      choices.pick('a3', numbers, ANY)(draft, (third) => get(draft, value, off, map, [second, third])),
    );
  });
});

function get(draft: Draft, value: Place, off: number, map: number, [second, third]: readonly [Into, Into]): void {
  const { choices } = draft;
  const call = (): void => {
    if (choices.pick('uninit', [false], [true])) draft.helper('ktime_get_ns');
    else {
      second(2);
      third(3);
    }
    draft.kfunc('bpf_kfunc_call_test_kptr_get');
    after(draft);
  };
  const direct = (by: number): void => {
    draft.get(1, value);
    if (by !== 0) draft.alu('add', 1, by);
    call();
  };
  switch (
    choices.pick(
      'dst',
      ['direct', 'direct', 'copy', 'constant', 'subtract'],
      [
        'half',
        'negative',
        'other',
        'beyond',
        'map',
        'context',
        'stack',
        'or-null',
        'object',
        'variable',
        'known-variable',
        'loaded',
        'zero',
        'plain-map',
      ],
    )
  ) {
    case 'direct': {
      direct(off);
      return;
    }
    case 'copy':
      draft.get(2, value);
      draft.mov(1, 2);
      if (off !== 0) draft.alu('add', 1, off);
      {
        call();
        return;
      }
    case 'constant':
      draft.get(1, value);
      draft.set(2, off);
      draft.aluReg('add', 1, 2);
      {
        call();
        return;
      }
    case 'subtract':
      draft.get(1, value);
      draft.alu('add', 1, off + 8);
      draft.alu('sub', 1, 8);
      {
        call();
        return;
      }
    case 'half': {
      direct(off + 4);
      return;
    }
    case 'negative': {
      direct(-8);
      return;
    }
    case 'other': {
      direct(choices.pick('other', [0, 8, 24, 32, 40]));
      return;
    }
    case 'beyond': {
      direct(1024);
      return;
    }
    case 'map':
      draft.map(1, map);
      {
        call();
        return;
      }
    case 'context':
      draft.mov(1, CTX);
      {
        call();
        return;
      }
    case 'stack': {
      POINTERS['stack-8'](draft, (into) => {
        into(1);
        call();
      });
      return;
    }
    case 'or-null':
      lookup(draft, map);
      draft.mov(1, 0);
      {
        call();
        return;
      }
    case 'object': {
      withReference(draft, 'test', (reference) => {
        draft.get(1, reference.place);
        call();
        return 'held';
      });
      return;
    }
    case 'plain-map': {
      POINTERS['map-24'](draft, (into) => {
        into(1);
        call();
      });
      return;
    }
    case 'variable':
    case 'known-variable':
      draft.load(4, 2, CTX, 0);
      draft.alu('and', 2, choices.pick('mask', [8, 16, 24]));
      if (choices.chance('known', 40)) {
        draft.alu('and', 2, 0);
        draft.alu('add', 2, off);
      }
      draft.get(1, value);
      draft.aluReg('add', 1, 2);
      {
        call();
        return;
      }
    case 'loaded':
      draft.load(8, 1, draft.at(value, 1), off);
      {
        call();
        return;
      }
    default:
      draft.set(1, 0);
      {
        call();
        return;
      }
  }
}

function after(draft: Draft): void {
  const { choices } = draft;
  switch (choices.pick('after', ['release', 'release', 'nested'], ['unchecked', 'read-unchecked', 'leak', 'treat'])) {
    case 'unchecked':
      draft.mov(1, 0);
      {
        releaseR1(draft, 'test');
        return;
      }
    case 'read-unchecked':
      draft.load(4, 2, 0, 0);
      {
        heldWhile(draft, 'test', () => 'held');
        return;
      }
    case 'leak': {
      draft.set(0, 0);
      return;
    }
    case 'treat': {
      heldWhile(draft, 'test', (reference) =>
        treat(
          draft,
          reference,
          choices.pick('treat', [
            'double',
            'other-kfunc',
            'tail-call',
            'leak-branch',
            'after-spilled',
            'absolute',
            'offset',
          ]),
        ),
      );
      return;
    }
    case 'nested': {
      heldWhile(draft, 'test', () => {
        withReference(draft, 'test', () => 'held');
        return 'held';
      });
      return;
    }
    default: {
      heldWhile(draft, 'test', (reference) => treat(draft, reference, 'plain'));
      return;
    }
  }
}
