import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initramfs } from './initramfs.ts';
import { encodeJobs, readAnswers } from './jobs.ts';
import type { Answers, Job } from './jobs.ts';

export interface Machine {
  /** A kernel image. */
  readonly image: string;
  /** The loader as a static program. */
  readonly loader: string;
}

export interface RunOptions {
  readonly seconds: number;
  /** Files that jobs read. */
  readonly megabytes?: number;
}

export interface Run extends Answers {
  /** The end of what the kernel wrote to its console. */
  readonly console: string;
  readonly seconds: number;
  /** Seconds from the start of the machine to its first answer; undefined: none came. */
  readonly firstAnswer: number | undefined;
  readonly timedOut: boolean;
}

/** Boots the kernel under emulation, has the jobs done, and ends it, at the latest when time is up. */
export async function runMachine(machine: Machine, jobs: readonly Job[], options: RunOptions): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'kfuncs-kernel-'));
  const [initrd, answers, log] = ['initrd', 'answers', 'console'].map((name) => join(folder, name));
  if (initrd === undefined || answers === undefined || log === undefined) throw new Error('unreachable');
  try {
    const files = [
      { name: 'init', mode: 0o755, bytes: readFileSync(machine.loader) },
      { name: 'jobs', mode: 0o644, bytes: encodeJobs(jobs) },
    ];
    writeFileSync(initrd, initramfs(files));
    // Under load, timer interrupts of an emulated machine come too late for the check that the kernel makes of them.
    const started = performance.now();
    const watch = watchAnswers(answers, started);
    const timedOut = await emulate(
      [
        ...['-accel', 'tcg', '-cpu', 'max', '-m', String(options.megabytes ?? 1024), '-display', 'none', '-no-reboot'],
        ...['-monitor', 'none', '-serial', `file:${log}`, '-serial', `file:${answers}`],
        ...['-kernel', machine.image, '-initrd', initrd, '-append', 'console=ttyS0 quiet panic=-1 no_timer_check'],
      ],
      options.seconds,
    );
    const firstAnswer = watch.stop();
    const seconds = (performance.now() - started) / 1000;
    return {
      ...readAnswers(readFileSync(answers)),
      console: readFileSync(log, 'latin1').slice(-2000),
      seconds,
      firstAnswer,
      timedOut,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So often the file of answers is looked at until there is one, in milliseconds. */
const LOOK = 50;

/** Looks for the first answer to a question; the first job only prepares. */
function watchAnswers(path: string, started: number): { readonly stop: () => number | undefined } {
  let first: number | undefined;
  const look = (): void => {
    if (!existsSync(path) || !/^R [1-9]/m.test(readFileSync(path, 'latin1'))) return;
    first = (performance.now() - started) / 1000;
    clearInterval(timer);
  };
  const timer = setInterval(look, LOOK).unref();
  return {
    stop: () => {
      clearInterval(timer);
      if (first === undefined) look();
      return first;
    },
  };
}

const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** @returns whether it had to be ended */
export async function emulate(args: readonly string[], seconds: number): Promise<boolean> {
  const child = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const kill = (): void => void child.kill('SIGKILL');
  running.add(kill);
  const state = { timedOut: false };
  const timer = setTimeout(() => {
    state.timedOut = true;
    kill();
  }, seconds * 1000);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (status !== 0 && !state.timedOut) throw new Error(`QEMU failed: ${errors.trim()}`);
    return state.timedOut;
  } finally {
    clearTimeout(timer);
    running.delete(kill);
  }
}
