import type { AttachTarget } from '../../../program/program.ts';

/** What an example is loaded as. Where nothing is said: a classifier (`sched_cls`) for v5.19, licence GPL. */
export interface ExampleSetting {
  readonly kernel?: 'v5.19' | 'v6.1';
  /** Without BPF_PROG_TYPE_, in lower case. */
  readonly progType?: string;
  /** The number of enum bpf_attach_type. */
  readonly attachType?: number;
  readonly attach?: AttachTarget;
  readonly sleepable?: true;
  readonly license?: string;
  /** Loaded with the BTF of its functions, which are the labels that are C functions in example-types.ts. */
  readonly withTypes?: true;
}

/** A program: assembly text, with maps by their names in example-maps.ts. */
export interface ProgramExample extends ExampleSetting {
  readonly code: string;
}

/** Operations on maps from user space, in order, without a program. */
export interface MapExample {
  readonly kernel?: 'v5.19' | 'v6.1';
  readonly maps: readonly ExampleMap[];
  /** `create 0`: the operation, the position of the map, and an argument where there is one. */
  readonly ops: readonly string[];
}

/** A map as it is created. */
export interface ExampleMap {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** Names of BPF_F_ flags without BPF_F_. */
  readonly flags?: readonly MapFlagName[];
  /** Name of a C type in example-types.ts; missing: created without BTF. */
  readonly valueType?: string;
  /** Name of a C type of the key, where it is not an int of the key's size. */
  readonly keyType?: string;
  /** The map that is the template of a map-in-map: its name, or its position in a map example. */
  readonly inner?: string | number;
  /** Frozen before the program is loaded, with this text in its value. */
  readonly text?: string;
}

export type MapFlagName = 'NO_PREALLOC' | 'RDONLY' | 'WRONLY' | 'RDONLY_PROG' | 'WRONLY_PROG' | 'MMAPABLE';

export type Example = ProgramExample | MapExample;

/** One that breaks a rule, and the same one mended. */
export interface RuleExamples {
  readonly bad: Example;
  readonly good: Example;
}

/** Whether it is one of operations on maps. */
export function isMapExample(example: Example): example is MapExample {
  return 'ops' in example;
}

/** Two programs in one setting. */
export function programs(
  texts: { readonly bad: string; readonly good: string },
  setting: ExampleSetting = {},
): RuleExamples {
  return { bad: { ...setting, code: texts.bad }, good: { ...setting, code: texts.good } };
}
