import { readFileSync } from 'node:fs';
import type { Btf } from '../../../src/btf/btf.ts';
import { findIdByName } from '../../../src/btf/find.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { typeAt } from '../../../src/btf/read-type.ts';
import type { MapCase, MapOp } from '../../../src/program/map-case.ts';
import type { MapSpec } from '../../../src/program/program.ts';

/** A case as a real kernel was asked it. */
export interface RecordedCase {
  readonly id: string;
  readonly btf: string | null;
  readonly maps: readonly RecordedMap[];
  readonly ops: readonly (Pick<MapOp, 'op' | 'map'> & { readonly arg?: number })[];
  readonly kernel: Readonly<Record<string, { readonly op_results: readonly number[] } | undefined>>;
}

interface RecordedMap {
  readonly name: string;
  readonly type: string;
  readonly key_size: number;
  readonly value_size: number;
  readonly max_entries: number;
  readonly map_flags: number;
  readonly value_type: string | null;
  readonly inner_map?: number;
  /** Where they are not those that follow from the sizes and `value_type`. */
  readonly key_type_id?: number;
  readonly value_type_id?: number;
}

/** Where the files of this folder are. */
export const FIXTURES = new URL('fixtures/', import.meta.url);
/** The programs and operations on maps that other tests have as well. */
export const CORPUS = new URL('../fixtures/corpus/', import.meta.url);

/** The cases of a file with one a line, without programs. */
export function readCases(file: URL): readonly RecordedCase[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedCase)
    .filter((each) => 'ops' in each);
}

/** A case of a file of this folder, or of the corpus. */
export function mapCaseOf(recorded: RecordedCase): MapCase {
  const { btf } = recorded;
  if (btf === null) return mapCaseWith(recorded, undefined);
  return mapCaseWith(
    recorded,
    openFile(btf === 'value-types' ? new URL('value-types.btf', FIXTURES) : new URL(`btf/${btf}.btf`, CORPUS)),
  );
}

/** @param btf of the value types */
export function mapCaseWith(recorded: RecordedCase, btf: Btf | undefined): MapCase {
  return {
    id: recorded.id,
    btf,
    maps: recorded.maps.map((map) => specOf(map, btf)),
    ops: recorded.ops.map(({ op, map, arg = 0 }) => ({ op, map, arg })),
  };
}

const opened = new Map<string, Btf>();

/** BTF of a file, one object for each file. */
export function openFile(file: URL): Btf {
  const btf = opened.get(file.href) ?? openBtf(readFileSync(file));
  opened.set(file.href, btf);
  return btf;
}

function specOf(map: RecordedMap, btf: Btf | undefined): MapSpec {
  const known = map.value_type === null || btf === undefined ? undefined : findIdByName(btf, map.value_type, 'struct');
  const valueTypeId = map.value_type_id ?? known ?? 0;
  const hasTypes = map.value_type_id !== undefined || valueTypeId !== 0;
  return {
    name: map.name,
    type: map.type,
    keySize: map.key_size,
    valueSize: map.value_size,
    maxEntries: map.max_entries,
    flags: map.map_flags,
    btf: hasTypes ? btf : undefined,
    keyTypeId: hasTypes && btf !== undefined ? (map.key_type_id ?? firstInteger(btf, map.key_size)) : 0,
    valueTypeId,
    innerMap: map.inner_map,
    frozen: false,
    contents: undefined,
  };
}

function firstInteger(btf: Btf, size: number): number {
  for (let id = 1; id < btf.typeCount; id++) {
    const type = typeAt(btf, id);
    if (type.kind === 'int' && type.size === size) return id;
  }
  return 0;
}
