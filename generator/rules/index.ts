import type { RuleInfo } from '../diagnostics/rule.ts';
import { acquireNeedsPointer } from './acquire-needs-pointer.rule.ts';
import { checkSetNotInKernel } from './check-set-not-in-kernel.rule.ts';
import { configSyntax } from './config-syntax.rule.ts';
import { conflictingFlags } from './conflicting-flags.rule.ts';
import { dtorDuplicateType } from './dtor-duplicate-type.rule.ts';
import { dtorLimit } from './dtor-limit.rule.ts';
import { dtorPrototype } from './dtor-prototype.rule.ts';
import { dtorUnknown } from './dtor-unknown.rule.ts';
import { dtorsNotInKernel } from './dtors-not-in-kernel.rule.ts';
import { duplicateEntry } from './duplicate-entry.rule.ts';
import { duplicateSetName } from './duplicate-set-name.rule.ts';
import { duplicateSource } from './duplicate-source.rule.ts';
import { duplicatePrototype } from './duplicate-prototype.rule.ts';
import { emptyRange } from './empty-range.rule.ts';
import { flagNotInKernel } from './flag-not-in-kernel.rule.ts';
import * as format from './format.rule.ts';
import { hookNotInKernel } from './hook-not-in-kernel.rule.ts';
import { identifier } from './identifier.rule.ts';
import { iteratorPrototype } from './iterator-prototype.rule.ts';
import { kptrGetFlags } from './kptr-get-flags.rule.ts';
import { kptrGetNeedsDoublePointer } from './kptr-get-needs-double-pointer.rule.ts';
import { moduleDtorsTwice } from './module-dtors-twice.rule.ts';
import { moduleRegistersTwice } from './module-registers-twice.rule.ts';
import { nameTooLong } from './name-too-long.rule.ts';
import { progTypeWithoutHook } from './prog-type-without-hook.rule.ts';
import { prototypeSyntax } from './prototype-syntax.rule.ts';
import * as reading from './reading.rule.ts';
import { releaseNeedsPointer } from './release-needs-pointer.rule.ts';
import { repeatedWord } from './repeated-word.rule.ts';
import { retNullNeedsPointer } from './ret-null-needs-pointer.rule.ts';
import type { Rule } from './rule.ts';
import { setLimit } from './set-limit.rule.ts';
import { setWithoutHook } from './set-without-hook.rule.ts';
import { sizeParameter } from './size-parameter.rule.ts';
import { malformedSuppression, unusedSuppression } from './suppression.rule.ts';
import { tooManyParameters } from './too-many-parameters.rule.ts';
import { unknownKernel } from './unknown-kernel.rule.ts';
import { unusedPrototype } from './unused-prototype.rule.ts';

/** Rules that the reader and the runner report themselves; what they find can't be suppressed. */
export const FORM_RULES: readonly RuleInfo[] = [
  reading.notText,
  reading.fileTooLarge,
  reading.emptyFile,
  reading.syntax,
  reading.duplicateKey,
  reading.alias,
  reading.byteOrderMark,
  reading.lineEndings,
  format.unknownKey,
  format.missingKey,
  format.wrongType,
  format.invalidValue,
  format.unknownHook,
  format.unknownProgType,
  format.unknownFlag,
  malformedSuppression,
  unusedSuppression,
];

/** Rules that look at a registry, and without which nothing can be made of it; what they find can't be suppressed. */
const STRUCTURE_RULES: readonly Rule[] = [
  unknownKernel,
  emptyRange,
  identifier,
  nameTooLong,
  hookNotInKernel,
  progTypeWithoutHook,
  flagNotInKernel,
  dtorsNotInKernel,
  checkSetNotInKernel,
  duplicateSource,
  duplicateSetName,
  configSyntax,
  prototypeSyntax,
];

/** Rules about what a registry means; who knows better can suppress what they find. */
export const MEANING_RULES: readonly Rule[] = [
  setWithoutHook,
  repeatedWord,
  duplicateEntry,
  conflictingFlags,
  unusedPrototype,
  duplicatePrototype,
  acquireNeedsPointer,
  retNullNeedsPointer,
  releaseNeedsPointer,
  kptrGetNeedsDoublePointer,
  kptrGetFlags,
  iteratorPrototype,
  tooManyParameters,
  sizeParameter,
  dtorUnknown,
  dtorPrototype,
  dtorDuplicateType,
  setLimit,
  moduleRegistersTwice,
  dtorLimit,
  moduleDtorsTwice,
];

/** Rules that look at a registry. */
export const REGISTRY_RULES: readonly Rule[] = [...STRUCTURE_RULES, ...MEANING_RULES];

/** Every rule, for `kfuncs rules` and the documentation. */
export const ALL_RULES: readonly RuleInfo[] = [...FORM_RULES, ...REGISTRY_RULES];
