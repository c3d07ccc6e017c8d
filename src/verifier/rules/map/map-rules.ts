import { accessFlagsExclude } from './access-flags.rule.ts';
import { btfNotLoaded } from './btf-load.rule.ts';
import { btfNotTaken } from './btf-not-taken.rule.ts';
import { btfSizeDiffers } from './btf-size.rule.ts';
import { fieldMapType } from './field-map.rule.ts';
import { fieldProgramAccess } from './field-access.rule.ts';
import { fieldReadOnly } from './field-read-only.rule.ts';
import { flagsNotTaken } from './flags.rule.ts';
import { mapNotFrozen } from './freeze.rule.ts';
import { graphRoot } from './graph-root.rule.ts';
import { innerMapMismatch } from './inner-mismatch.rule.ts';
import { innerMapMissing } from './inner-missing.rule.ts';
import { innerMapNested } from './inner-nested.rule.ts';
import { innerMapSpinLock } from './inner-spin-lock.rule.ts';
import { innerMapType } from './inner-type.rule.ts';
import { wrongKeySize } from './key-size.rule.ts';
import { wrongKeyType } from './key-type.rule.ts';
import { keyTypeAlone } from './key-type-alone.rule.ts';
import { kptrProgramAccess } from './kptr-access.rule.ts';
import { kptrMapType } from './kptr-map.rule.ts';
import { lruIsPreallocated } from './lru-prealloc.rule.ts';
import { wrongMaxEntries } from './max-entries.rule.ts';
import { mapNotMapped } from './mmap.rule.ts';
import { mapNeedsBtf } from './needs-btf.rule.ts';
import { needsNoPrealloc } from './needs-no-prealloc.rule.ts';
import { operationFails } from './operation.rule.ts';
import { mapOutOfMemory } from './out-of-memory.rule.ts';
import { spinLockMapType } from './spin-lock-map.rule.ts';
import { timerMapType } from './timer-map.rule.ts';
import { elementTooBig } from './too-big.rule.ts';
import { tooManyEntries } from './too-many-entries.rule.ts';
import { unknownMapType } from './unknown-type.rule.ts';
import { wrongValueSize } from './value-size.rule.ts';
import type { VerifierRule } from '../rule.ts';

/** What can be wrong with a map, before a program is looked at. */
export const MAP_RULES: readonly VerifierRule[] = [
  unknownMapType,
  btfNotLoaded,
  keyTypeAlone,
  flagsNotTaken,
  accessFlagsExclude,
  needsNoPrealloc,
  lruIsPreallocated,
  wrongKeySize,
  wrongValueSize,
  wrongMaxEntries,
  elementTooBig,
  tooManyEntries,
  mapOutOfMemory,
  mapNeedsBtf,
  innerMapMissing,
  innerMapNested,
  innerMapType,
  innerMapSpinLock,
  innerMapMismatch,
  btfSizeDiffers,
  wrongKeyType,
  btfNotTaken,
  spinLockMapType,
  timerMapType,
  fieldMapType,
  fieldProgramAccess,
  fieldReadOnly,
  kptrProgramAccess,
  kptrMapType,
  graphRoot,
  mapNotFrozen,
  mapNotMapped,
  operationFails,
];
