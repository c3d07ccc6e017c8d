import type { Declaration } from '../../../generated/types/declaration.ts';
import type { Kernel } from '../../../generated/types/kernel.ts';
import { compareText } from '../../declarations/rows.ts';
import { readBtfIds, type BtfIds } from '../../btf-ids/read-btf-ids.ts';
import { contentAt, type SetContent } from '../merge/content.ts';
import { planDeclaration } from '../merge/plan.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { openElfBtf } from '../../../src/btf/open-btf-file.ts';
import { openElf, type Elf } from '../../../src/elf/open-elf.ts';
import { findSection } from '../../../src/elf/sections.ts';
import type { BinaryImport, BinarySet, ReportProblem } from './binary-model.ts';
import { prototypeFromBtf } from './btf-prototypes.ts';
import { findKfuncIdStructs } from './kfunc-id-structs.ts';
import { knownSets, matchSet } from './known-sets.ts';
import { findMarkedSets } from './marked-sets.ts';
import { moduleName } from './module-name.ts';
import { kfuncsOfFlaggedSet, kfuncsOfSets } from './set-kfuncs.ts';

/** What a binary is read with. */
export interface BinaryContext {
  /** What the BTF of a module continues. */
  readonly base: Btf | undefined;
  /** The kernel that the binary is of. */
  readonly version: string;
  /** All profiles, oldest first, with that kernel's. */
  readonly kernels: readonly Kernel[];
  /** The registry: it tells what a set is registered for, and by which source file. */
  readonly declarations: readonly Declaration[];
}

/**
 * Reads the kfuncs of a vmlinux or a module. A binary has sets, kfuncs, flags and prototypes as data; program types and
 * destructor pairs are arguments and variables of code, and source files are not in it at all.
 *
 * @param bytes the whole ELF file
 * @throws ElfError, BtfError, BtfIdsError
 */
export function importBinary(bytes: Uint8Array, { base, version, kernels, declarations }: BinaryContext): BinaryImport {
  const index = kernels.findIndex((kernel) => kernel.version === version);
  const kernel = kernels[index];
  if (kernel === undefined) throw new Error(`${version} has no profile`);
  const problems = new Set<string>();
  const report: ReportProblem = (problem) => problems.add(problem);
  const elf = openElf(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const btf = findSection(elf, '.BTF') === undefined ? undefined : openElfBtf(elf, { base });
  const owner = moduleName(elf) ?? 'vmlinux';
  const sets = readSets(elf, btf, kernel, report);
  const known = knownSets(declarations, kernels, index);
  const unknown: BinarySet[] = [];
  const bySource = new Map<string, SetContent[]>();
  for (const set of sets) {
    const match = matchSet(set, known);
    const name = set.name ?? match?.set.name;
    const others = match === undefined ? [] : (bySource.get(match.source) ?? []);
    // Two sets without names that share kfuncs with one of the registry: no telling which of them it is.
    if (match === undefined || name === undefined || others.some((other) => other.name === name)) {
      unknown.push(set);
      continue;
    }
    const content = {
      ...{ name, config: undefined, kfuncs: set.kfuncs },
      ...{ hooks: match.set.hooks, progTypes: match.set.progTypes },
      filters: set.name === undefined ? match.set.filters : set.filter === undefined ? [] : [set.filter],
    };
    bySource.set(match.source, [...others, content]);
  }
  for (const set of unknown) report(unknownSet(set, version));
  reportDtors(declarations, kernels, index, owner, report);
  const made = [...bySource].map(([source, contents]) => {
    const names = [...new Set(contents.flatMap(({ kfuncs }) => kfuncs.map(({ name }) => name)))];
    const prototypes = names.flatMap((name) => (btf === undefined ? [] : (prototypeFromBtf(btf, name, report) ?? [])));
    const content = { owner, config: undefined, sets: contents, dtors: [] };
    const versions = kernels.map((each) => each.version);
    const only = kernels.map((_, at) => (at === index ? content : undefined));
    const { declaration } = planDeclaration({ source, owner }, only, versions);
    return prototypes.length === 0 ? declaration : { ...declaration, prototypes };
  });
  return { declarations: made.toSorted((a, b) => compareText(a.source, b.source)), unknown, problems: [...problems] };
}

function readSets(elf: Elf, btf: Btf | undefined, kernel: Kernel, report: ReportProblem): readonly BinarySet[] {
  const btfIds = readBtfIds(elf);
  if (btfIds !== undefined && btfIds.sets.length > 0) return setsBySymbols(elf, btfIds, btf, kernel, report);
  if (btf !== undefined) return findMarkedSets(elf, btf, kernel, report);
  report('there are no symbols of id sets and no BTF: nothing tells the kfuncs');
  return [];
}

function setsBySymbols(
  elf: Elf,
  btfIds: BtfIds,
  btf: Btf | undefined,
  kernel: Kernel,
  report: ReportProblem,
): readonly BinarySet[] {
  const structs = findKfuncIdStructs(elf, btfIds, kernel);
  const sets = structs.map((struct): BinarySet => {
    const members = [...struct.members.values()];
    const kfuncs =
      kernel.layout === 'id_set'
        ? kfuncsOfSets(btfIds, struct, kernel.flags)
        : members.flatMap((set) => kfuncsOfFlaggedSet(elf, btfIds, set, btf, kernel.flags, report));
    return { name: struct.name, idSets: members.map(({ name }) => name), filter: struct.filter, kfuncs };
  });
  if (kernel.layout === 'id_set') {
    if (structs.length === 0)
      report('no struct btf_kfunc_id_set was found, so nothing tells which id sets hold kfuncs');
    return sets;
  }
  const pointedTo = new Set(structs.flatMap(({ members }) => [...members.values()]));
  const others = btfIds.sets.filter((set) => set.kind === 'set8' && !pointedTo.has(set));
  return [
    ...sets,
    ...others.map((set): BinarySet => {
      report(`no struct btf_kfunc_id_set was found that points to ${set.name}, so a filter of it is not known`);
      const kfuncs = kfuncsOfFlaggedSet(elf, btfIds, set, btf, kernel.flags, report);
      return { name: undefined, idSets: [set.name], filter: undefined, kfuncs };
    }),
  ];
}

function unknownSet({ name, idSets, kfuncs }: BinarySet, version: string): string {
  const what = name ?? (idSets.length === 0 ? 'a set without a name' : idSets.join(', '));
  const who = kfuncs.map((kfunc) => kfunc.name).join(', ');
  const why = 'program types stand in code, and the registry has no one set for';
  return `what ${what} is registered for is not known: ${why} ${version} with these kfuncs: ${who}`;
}

function reportDtors(
  declarations: readonly Declaration[],
  kernels: readonly Kernel[],
  index: number,
  owner: string,
  report: ReportProblem,
): void {
  for (const declaration of declarations) {
    const content = contentAt(declaration, kernels, index);
    if (content?.owner !== owner || content.dtors.length === 0) continue;
    const pairs = content.dtors.map(({ type, kfunc }) => `${type} and ${kfunc}`).join(', ');
    report(`destructor pairs stand in code; the registry has for ${declaration.source}: ${pairs}`);
  }
}
