import { acquireReturnsObject } from './acquire-returns-object.rule.ts';
import { annotatedParameter } from './annotated-parameter.rule.ts';
import type { BtfRule } from './btf-rule.ts';
import { dtorPrototype } from './dtor-prototype.rule.ts';
import { dtorType } from './dtor-type.rule.ts';
import { kfuncMissing } from './kfunc-missing.rule.ts';
import { kptrGetTakesDoublePointer } from './kptr-get-takes-double-pointer.rule.ts';
import { prototypeDiffers } from './prototype-differs.rule.ts';
import { releaseTakesObject } from './release-takes-object.rule.ts';
import { retNullReturnsPointer } from './ret-null-returns-pointer.rule.ts';
import { tooManyParameters } from './too-many-parameters.rule.ts';

/** Rules that compare declarations with the BTF of a kernel. */
export const BTF_RULES: readonly BtfRule[] = [
  kfuncMissing,
  tooManyParameters,
  acquireReturnsObject,
  retNullReturnsPointer,
  releaseTakesObject,
  kptrGetTakesDoublePointer,
  dtorPrototype,
  dtorType,
  annotatedParameter,
  prototypeDiffers,
];
