import type { Flag, ProgType } from '../../generated/types/declaration.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { parseConfigExpression } from '../../generator/c/config-expression.ts';
import { parsePrototype } from '../../generator/c/prototype.ts';
import type {
  DtorModel,
  KernelModel,
  KfuncModel,
  PrototypeModel,
  SetModel,
  SourceModel,
} from '../../generator/declarations/model.ts';
import type { Place } from '../../generator/declarations/place.ts';

/** A place for what was read from nowhere. */
export const nowhere: Place = {
  file: { name: 'made.yaml', text: '', lineStarts: [0], locate: () => ({ start: 0, end: 0 }) },
  path: [],
};

const KFUNC_FLAGS = { acquire: 0, release: 1, ret_null: 2, kptr_get: 3, trusted_args: 4 };
const SET_TYPES = { acquire: 1, release: 2, ret_null: 3, kptr_get: 4 };

/** A made-up kernel; two program types map to its hook `tracing`. */
export function makeKernel(version: string, layout: Kernel['layout'] = 'id_set8'): Kernel {
  return {
    version,
    release: `${version.slice(1)}.0`,
    layout,
    ...(layout === 'id_set' ? { set_types: ['check', 'acquire', 'release', 'ret_null', 'kptr_acquire'] } : {}),
    hooks: {
      xdp: { value: 0, prog_types: ['xdp'] },
      tc: { value: 1, prog_types: ['sched_cls'] },
      tracing: { value: 2, prog_types: ['tracing', 'lsm'] },
    },
    prog_types: ['unspec', 'sched_cls', 'xdp', 'tracing', 'lsm'],
    flags: { ...(layout === 'id_set' ? SET_TYPES : KFUNC_FLAGS) },
    args: { suffixes: ['__sz'], names: [] },
    limits: {
      set_max_cnt: 256,
      dtor_max_cnt: 256,
      kfunc_descs: 256,
      kfunc_btfs: 256,
      reg_args: 5,
      func_args: 12,
      ksym_name_len: 128,
    },
    registration: { module_sets: 'assigned', missing_module_btf: 'enoent', prototypes: 'unchecked' },
    calls: { acquire_result: 'object' },
  };
}

/** A kfunc by its prototype, `int f(void)`; a bare name is one whose prototype is not known. */
export function makeKfunc(
  prototype: string,
  flags: readonly Flag[] = [],
  more: { readonly check?: boolean; readonly config?: string; readonly lines?: KfuncModel['lines'] } = {},
): KfuncModel {
  const model = makePrototype(prototype);
  return {
    name: model?.prototype.name ?? prototype,
    flags,
    check: more.check ?? true,
    config: more.config === undefined ? undefined : parseConfigExpression(more.config),
    prototype: model,
    lines: more.lines,
    place: nowhere,
  };
}

/** A destructor pair; the destructor by its prototype or name. */
export function makeDtor(type: string, kfunc: string): DtorModel {
  const prototype = makePrototype(kfunc);
  const name = prototype?.prototype.name ?? kfunc;
  return { type, kfunc: name, config: undefined, prototype, lines: undefined, place: nowhere };
}

function makePrototype(text: string): PrototypeModel | undefined {
  return text.includes('(')
    ? { prototype: parsePrototype(text), file: 'net/core/made.c', lines: { 'v6.1': 7 }, place: nowhere }
    : undefined;
}

/** A set, registered for `[program type, hook]` pairs. */
export function makeSet(
  name: string,
  registrations: readonly (readonly [ProgType, string])[],
  kfuncs: readonly KfuncModel[],
  more: { readonly config?: string; readonly description?: string } = {},
): SetModel {
  return {
    name,
    description: more.description,
    config: more.config === undefined ? undefined : parseConfigExpression(more.config),
    registrations: registrations.map(([progType, hook]) => ({ progType, hook, place: nowhere })),
    kfuncs,
    place: nowhere,
  };
}

/** A source file. */
export function makeSource(
  source: string,
  sets: readonly SetModel[],
  more: {
    readonly owner?: string;
    readonly config?: string;
    readonly description?: string;
    readonly dtors?: readonly DtorModel[];
  } = {},
): SourceModel {
  return {
    source,
    owner: more.owner ?? 'vmlinux',
    license: 'GPL-2.0-only OR MIT',
    description: more.description,
    config: more.config === undefined ? undefined : parseConfigExpression(more.config),
    sets,
    dtors: more.dtors ?? [],
    place: nowhere,
  };
}

/** What a kernel has. */
export function makeKernelModel(kernel: Kernel, sources: readonly SourceModel[]): KernelModel {
  return { kernel, sources };
}
