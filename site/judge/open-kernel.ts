import {
  isBtfError,
  isModelled,
  isUnreadable,
  likelyVersions,
  moduleName,
  openBtfFile,
  openJudge,
  relocateBtf,
  tables,
  type Btf,
  type Judge,
  type KernelTable,
  type KernelVersion,
} from 'kfunc-registry/browser';
import type { GivenFile, Unreadable } from './protocol.ts';

/** A kernel that judges; undefined where what was given is no kernel's BTF. */
export interface OpenedKernel {
  readonly judge: Judge | undefined;
  readonly unreadable: readonly Unreadable[];
  readonly notes: readonly string[];
}

/**
 * Boots a kernel from its table and the BTF that was given: one vmlinux, and modules. Which is which is told by whether a
 * file's BTF needs a base.
 */
export async function openKernel(version: KernelVersion, files: readonly GivenFile[]): Promise<OpenedKernel> {
  const unreadable: Unreadable[] = [];
  const opened = files.flatMap((file): OpenedFile[] => tryFile(file, unreadable, () => [openAlone(file)]) ?? []);
  const [base, ...others] = opened.flatMap((each) => (each.kind === 'vmlinux' ? [each] : []));
  for (const { file } of others) {
    unreadable.push({ file: file.name, message: 'it is the BTF of a vmlinux, and one of those is enough' });
  }
  if (base === undefined) {
    const message =
      'the BTF of a vmlinux is wanted: /sys/kernel/btf/vmlinux of a machine that runs the kernel, or its vmlinux';
    return { judge: undefined, unreadable, notes: [message] };
  }
  const modules = new Map<string, Btf>();
  for (const each of opened) {
    if (each.kind === 'vmlinux') continue;
    const { file } = each;
    tryFile(file, unreadable, () => {
      const module =
        each.kind === 'split' ? relocateBtf(each.btf, base.btf) : openBtfFile(file.bytes, { base: base.btf });
      modules.set(moduleName(file.name, file.bytes), module);
    });
  }
  const table = await tables[version]();
  const judge = tryFile(base.file, unreadable, () => openJudge(table, { vmlinux: base.btf, modules }));
  const likely = likelyVersions(base.btf, await modelledTables());
  const isLikely = likely.includes(version);
  return { judge, unreadable, notes: isLikely ? [] : [otherVersion(base.file.name, version, likely)] };
}

/** The tables of the kernels that can judge. */
function modelledTables(): Promise<readonly KernelTable[]> {
  const loaders = Object.entries(tables).filter(([version]) => isModelled(version));
  return Promise.all(loaders.map(([, load]) => load()));
}

/** The BTF of a file on its own. A split one brings its base along, or needs that of its vmlinux. */
type OpenedFile =
  | { readonly kind: 'vmlinux'; readonly file: GivenFile; readonly btf: Btf }
  | { readonly kind: 'split'; readonly file: GivenFile; readonly btf: Btf }
  | { readonly kind: 'needs-base'; readonly file: GivenFile };

/** @throws BtfError, ElfError */
function openAlone(file: GivenFile): OpenedFile {
  try {
    const btf = openBtfFile(file.bytes);
    return { kind: btf.base === undefined ? 'vmlinux' : 'split', file, btf };
  } catch (error) {
    if (isBtfError(error) && error.code === 'bad-base') return { kind: 'needs-base', file };
    throw error;
  }
}

/** Does something with a file; what is wrong with the file is told, and what is wrong with us is thrown. */
function tryFile<T>({ name }: GivenFile, unreadable: Unreadable[], use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    unreadable.push({ file: name, message: error.message });
    return undefined;
  }
}

function otherVersion(file: string, version: string, likely: readonly string[]): string {
  return `${file} does not look like ${version}: it is nearer to ${likely.join(' and ')}`;
}
