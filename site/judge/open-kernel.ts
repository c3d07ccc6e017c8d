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
  const alone = files.map((file) => ({ file, btf: openAlone(file, unreadable) }));
  const [base, ...others] = alone.flatMap(({ file, btf }) => (isBase(btf) ? [{ file, btf }] : []));
  for (const { file } of others) {
    unreadable.push({ file: file.name, message: 'it is the BTF of a vmlinux, and one of those is enough' });
  }
  if (base === undefined) {
    const message =
      'the BTF of a vmlinux is wanted: /sys/kernel/btf/vmlinux of a machine that runs the kernel, or its vmlinux';
    return { judge: undefined, unreadable, notes: [message] };
  }
  const modules = new Map<string, Btf>();
  for (const { file, btf } of alone) {
    if (btf === 'unreadable' || isBase(btf)) continue;
    tryFile(file, unreadable, () => {
      const module = btf === 'needs-base' ? openBtfFile(file.bytes, { base: base.btf }) : relocateBtf(btf, base.btf);
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

type Opened = Btf | 'needs-base' | 'unreadable';

function isBase(btf: Opened): btf is Btf {
  return typeof btf !== 'string' && btf.base === undefined;
}

function openAlone(file: GivenFile, unreadable: Unreadable[]): Opened {
  const opened = tryFile(file, unreadable, () => {
    try {
      return openBtfFile(file.bytes);
    } catch (error) {
      if (isBtfError(error) && error.code === 'bad-base') return 'needs-base';
      throw error;
    }
  });
  return opened ?? 'unreadable';
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
