import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decompress } from '../../../generator/importers/image/decompress.ts';
import { initramfs, type InitFile } from '../machine/initramfs.ts';
import { emulate } from '../machine/run-machine.ts';

/** Programs that were linked statically. */
export interface ProbePrograms {
  /** PID 1: test/kernel/probe/init.c. */
  readonly init: string;
  /** What `kfuncs probe` wrote. */
  readonly probe: string;
}

/** What the kernel is given beside the programs. */
export interface ProbedKernel {
  readonly image: string;
  /** Modules to insert first, in order. */
  readonly modules: readonly Uint8Array[];
  readonly config: Uint8Array | undefined;
}

export interface ProbeRun {
  /** What the probe printed. */
  readonly result: string;
  /** The end of what the kernel, and the probe, wrote to the console. */
  readonly console: string;
  readonly seconds: number;
}

/** Boots a kernel under emulation, and runs a probe in it. */
export async function runProbe(programs: ProbePrograms, kernel: ProbedKernel, seconds: number): Promise<ProbeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-probe-'));
  const path = (name: string): string => join(folder, name);
  try {
    const file = (name: string, bytes: Uint8Array): InitFile => ({ name, mode: 0o755, bytes });
    const files = [
      file('init', readFileSync(programs.init)),
      file('probe', readFileSync(programs.probe)),
      ...kernel.modules.map((bytes, at) => file(`${String(at)}.ko`, bytes)),
      ...(kernel.config === undefined ? [] : [file('config', kernel.config)]),
    ];
    writeFileSync(path('initrd'), initramfs(files));
    const started = performance.now();
    await emulate(
      [
        ...['-accel', 'tcg', '-cpu', 'max', '-m', '1024', '-display', 'none', '-no-reboot', '-monitor', 'none'],
        ...['-serial', `file:${path('console')}`, '-serial', `file:${path('result')}`],
        ...['-kernel', kernel.image, '-initrd', path('initrd'), '-append', 'console=ttyS0 quiet panic=-1'],
      ],
      seconds,
    );
    return {
      result: readFileSync(path('result'), 'utf8'),
      console: readFileSync(path('console'), 'latin1').slice(-2000),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Modules with kfuncs, after those that they depend on; devices of tun take programs that are bound to them. */
const MODULES = ['libcrc32c', 'nf_defrag_ipv4', 'nf_defrag_ipv6', 'nf_conntrack', 'nf_nat', 'tun'];

/** The modules and the configuration that a package has beside its image; nothing for an image that stands alone. */
export async function besideImage(image: string): Promise<Pick<ProbedKernel, 'modules' | 'config'>> {
  const boot = dirname(image);
  const modules = join(boot, '../lib/modules');
  const config = readdirSync(boot).find((name) => name.startsWith('config-'));
  const all = existsSync(modules) ? (readdirSync(modules, { recursive: true }) as string[]) : [];
  const found = MODULES.flatMap((name) => all.find((path) => /\/(\w+)\.ko(\.xz)?$/.exec(path)?.[1] === name) ?? []);
  return {
    modules: await Promise.all(
      found.map(async (path): Promise<Uint8Array> => {
        const bytes = readFileSync(join(modules, path));
        return path.endsWith('.xz') ? await decompress(bytes, undefined) : bytes;
      }),
    ),
    config: config === undefined ? undefined : readFileSync(join(boot, config)),
  };
}
