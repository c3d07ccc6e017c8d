import type { DtorModel } from '../declarations/model.ts';
import { gateOf, groupsOf, membersOf, type Gate, type Group } from './include-gate.ts';
import { checkedIdentifier, type ClaimName } from './include-names.ts';

/** The destructor pairs of a source file. */
export interface DtorsView {
  readonly gate: Gate | undefined;
  /** The array of all pairs. */
  readonly table: string;
  /** The function that registers them. */
  readonly register: string;
  readonly pairs: readonly Group<DtorView>[];
}

/** A destructor pair. */
interface DtorView {
  /** Name of the list of its two BTF ids. */
  readonly list: string;
  readonly type: string;
  readonly kfunc: string;
}

/**
 * The destructor pairs as the header shows them, each with a list of its own: without CONFIG_DEBUG_INFO_BTF a list
 * is an array of five to 64 elements, whatever was put in it (include/linux/btf_ids.h).
 *
 * @param register Name of the function that registers all of the source file.
 * @returns undefined where there are none.
 * @throws Error where a name is no identifier.
 */
export function dtorsView(dtors: readonly DtorModel[], register: string, claim: ClaimName): DtorsView | undefined {
  if (dtors.length === 0) {
    return undefined;
  }
  const name = claim(`${register}_dtors`);
  const table = claim(`${name}_ids`);
  const { condition, members } = membersOf(
    dtors.map(({ config, type, kfunc }, index) => ({
      condition: config,
      item: { list: claim(`${table}_${index}`), type: checkedIdentifier(type), kfunc: checkedIdentifier(kfunc) },
    })),
  );
  return { gate: gateOf(condition), table, register: name, pairs: groupsOf(members) };
}
