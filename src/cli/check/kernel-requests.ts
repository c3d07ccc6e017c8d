import { UsageError } from '../usage-error.ts';

/** Which kernel is to judge, and the files with its BTF. */
export interface KernelRequest {
  /** Undefined: the nearest to its BTF. */
  readonly kernel: string | undefined;
  readonly btf: string;
  readonly modules: readonly string[];
}

export interface KernelOptions {
  readonly kernel: readonly string[];
  readonly btf: readonly string[];
  readonly moduleBtf: readonly string[];
}

interface Named {
  readonly kernel: string | undefined;
  readonly file: string;
}

/** `--btf host`. */
const HOST = 'host';
const HOST_BTF = '/sys/kernel/btf/vmlinux';

/**
 * Gives each kernel its BTF. `v6.1=FILE` is that of one kernel. A file alone is that of all kernels that have none of
 * their own; several are theirs in the order of `--kernel`.
 *
 * @throws UsageError
 */
export function kernelRequests(options: KernelOptions): readonly KernelRequest[] {
  const btf = options.btf.map(named);
  const modules = options.moduleBtf.map(named);
  const asked = [...new Set(options.kernel)];
  if (asked.length === 0 && btf.length === 0) {
    throw new UsageError(`say for which kernel: --kernel v6.1 --btf FILE. ${WHERE_BTF_IS}`);
  }
  const requests = asked.length === 0 ? btf.map(hostFile) : withFiles(asked, btf);
  const names = requests.map(({ kernel }) => kernel);
  for (const { kernel, file } of modules.filter((each) => each.kernel !== undefined)) {
    if (!names.includes(kernel)) throw new UsageError(`--module-btf ${kernel ?? ''}=${file}: ${noSuch(kernel)}`);
  }
  if (new Set(requests.map(({ file }) => file)).size > 1 && modules.some(({ kernel }) => kernel === undefined)) {
    throw new UsageError('say of which kernel a module is: --module-btf v6.1=FILE');
  }
  return requests.map(({ kernel, file }) => ({
    kernel,
    btf: file,
    modules: modules.filter((each) => each.kernel === undefined || each.kernel === kernel).map((each) => each.file),
  }));
}

const WHERE_BTF_IS =
  '--btf host is the kernel that runs here; of others it is /sys/kernel/btf/vmlinux on a machine that runs them, or their vmlinux or vmlinuz, as in the linux-image package of a distribution';

function withFiles(asked: readonly string[], btf: readonly Named[]): readonly Named[] {
  const own = new Map<string, string>();
  for (const { kernel, file } of btf) {
    if (kernel === undefined) continue;
    if (!asked.includes(kernel)) throw new UsageError(`--btf ${kernel}=${file}: ${noSuch(kernel)}`);
    if (own.has(kernel)) throw new UsageError(`--btf names two files for ${kernel}`);
    own.set(kernel, file);
  }
  const others = asked.filter((kernel) => !own.has(kernel));
  const files = btf.filter(({ kernel }) => kernel === undefined).map(({ file }) => file);
  if (others.length > 0 && files.length === 0) {
    throw new UsageError(`the BTF of ${others.join(' and ')} is needed: --btf FILE. ${WHERE_BTF_IS}`);
  }
  if (files.length > 1 && files.length !== others.length) {
    throw new UsageError(
      `--btf names ${String(files.length)} files for ${String(others.length)} kernels: name one for all of them, or one a kernel, as --btf v6.1=FILE`,
    );
  }
  return asked.map((kernel) => {
    const position = files.length > 1 ? others.indexOf(kernel) : 0;
    return hostFile({ kernel, file: own.get(kernel) ?? files[position] ?? '' });
  });
}

function named(text: string): Named {
  const [, kernel, file] = /^(v\d+\.\d+)=(.+)$/.exec(text) ?? [];
  return { kernel, file: file ?? text };
}

function hostFile({ kernel, file }: Named): Named {
  return { kernel, file: file === HOST ? HOST_BTF : file };
}

function noSuch(kernel: string | undefined): string {
  return `--kernel does not name ${kernel ?? 'it'}`;
}
