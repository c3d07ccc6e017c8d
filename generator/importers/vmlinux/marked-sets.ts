import type { Kernel } from '../../../generated/types/kernel.ts';
import { ENTRY_BYTES } from '../../btf-ids/read-btf-ids.ts';
import { kindOf, nameOf, type Btf } from '../../../src/btf/btf.ts';
import { findTagged } from '../../../src/btf/tags.ts';
import { readUint } from '../../../src/elf/elf-image.ts';
import type { Elf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';
import type { BinarySet, ReportProblem } from './binary-model.ts';
import { flaggedKfunc, pairsAt } from './set-kfuncs.ts';

/** BTF_SET8_KFUNCS, include/linux/btf_ids.h: what a set's flags word has to say for its kfuncs to be registered. */
const MARK = 1;
/** The declaration tag that pahole gives to the functions in marked sets. */
const TAG = 'bpf_kfunc';

/**
 * Finds the sets of kfuncs in a binary without symbols: a count, the mark, then as many ids of functions, ascending, each
 * with its flags. All else in the section are ids of types, none of which is as small as the mark: the first types of a
 * kernel's BTF are integers.
 *
 * Where the BTF tags kfuncs, the functions have to be tagged; those tagged that stand in no set are reported.
 */
export function findMarkedSets(
  elf: Elf,
  btf: Btf,
  kernel: Pick<Kernel, 'layout' | 'flags'>,
  report: ReportProblem,
): readonly BinarySet[] {
  const tagged = new Set(findTagged(btf, TAG));
  const section = findSection(elf, '.BTF_ids');
  const found = new Set<number>();
  const sets: BinarySet[] = [];
  if (section !== undefined && kernel.layout === 'kfuncs') {
    const end = section.offset + sectionData(elf, section).length;
    let at = section.offset;
    while (at + ENTRY_BYTES.set8 <= end) {
      const count = readUint(elf, at);
      const size = ENTRY_BYTES.set8 * (count + 1);
      const isMarked = count > 0 && readUint(elf, at + 4) === MARK && at + size <= end;
      const pairs = isMarked ? pairsAt(elf, at, count) : [];
      if (pairs.length === 0 || !areKfuncs(btf, pairs, tagged)) {
        at += 4;
        continue;
      }
      pairs.forEach(({ id }) => found.add(id));
      const kfuncs = pairs.map(({ id, flags }) => flaggedKfunc(nameOf(btf, id), flags, kernel.flags, report));
      sets.push({ name: undefined, idSets: [], filter: undefined, kfuncs });
      at += size;
    }
  }
  const left = [...tagged].filter((id) => !found.has(id)).map((id) => nameOf(btf, id));
  if (left.length > 0) {
    report(`these kfuncs are tagged in the BTF, and no set in .BTF_ids tells their flags: ${left.join(', ')}`);
  }
  if (left.length === 0 && sets.length === 0) {
    report('there are no symbols, no marked sets and no tags of kfuncs in the BTF: nothing tells the kfuncs');
  }
  return sets;
}

function areKfuncs(btf: Btf, pairs: readonly { readonly id: number }[], tagged: ReadonlySet<number>): boolean {
  return pairs.every(
    ({ id }, index) =>
      id < btf.typeCount &&
      id > (pairs[index - 1]?.id ?? 0) &&
      kindOf(btf, id) === 'func' &&
      (tagged.size === 0 || id < btf.firstId || tagged.has(id)),
  );
}
