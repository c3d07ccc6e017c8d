/**
 * What the loader is asked to do, and what it says.
 *
 * The file: a magic number, the number of jobs, and for each its length in bytes and its steps. All numbers are 32 bits
 * in little-endian order; stretches of bytes begin with their length and end at a multiple of four.
 */
export interface Job {
  readonly steps: readonly Step[];
}

/** One system call. */
export interface Step {
  readonly kind: StepKind;
  /** Of bpf(2); 0 elsewhere. */
  readonly command: number;
  /** Attributes of bpf(2); otherwise what the kind says. */
  readonly attr: Uint8Array;
  /** Bytes beside, which attributes may point to. */
  readonly data: Uint8Array;
  readonly fills: readonly Fill[];
  /** Whether the loader tells the result. */
  readonly report: boolean;
  /** So many bytes of the output buffer are sent if the call succeeds. */
  readonly output?: number;
}

const KINDS = ['bpf', 'map-memory', 'init-module', 'delete-module', 'read-file', 'close', 'wait'] as const;
export type StepKind = (typeof KINDS)[number];

/** What only the loader knows, written over attributes or data before the call. */
export interface Fill {
  readonly in: 'attr' | 'data';
  readonly offset: number;
  /** An address (8 bytes) or the result of an earlier step (4 bytes). */
  readonly what: 'data' | 'result' | 'log' | 'output';
  /** Offset into the data; or the number of the step, of this job or of the first. */
  readonly argument?: number | { readonly ofSetup: number };
}

export interface StepResult {
  readonly step: number;
  /** What the call returned: 0 or more, or a negative errno. File descriptors are given as 0. */
  readonly result: number;
  /** The end of the log. */
  readonly log: string;
  readonly output: Uint8Array;
}

export interface Answers {
  /** `uname -r`; undefined if the kernel did not get as far as the loader. */
  readonly release: string | undefined;
  /** By job; those that were not reached are missing. */
  readonly jobs: ReadonlyMap<number, readonly StepResult[]>;
  /** Jobs in which the process was killed. */
  readonly killed: ReadonlySet<number>;
  readonly complete: boolean;
}

const MAGIC = 0x324a464b;
const FILLS = ['data', 'result', 'log', 'output'] as const;
const REPORT = 1;
const OF_SETUP = 0x10000;

/** The file of jobs. The first prepares: what it opens is there for all others. */
export function encodeJobs(jobs: readonly Job[]): Uint8Array {
  const parts: Uint8Array[] = [words(MAGIC, jobs.length)];
  for (const { steps } of jobs) {
    const body = concat([words(steps.length), ...steps.map(encodeStep)]);
    parts.push(words(body.length), body);
  }
  return concat(parts);
}

function encodeStep({ kind, command, attr, data, fills, report, output = 0 }: Step): Uint8Array {
  const filled = fills.flatMap(({ in: where, offset, what, argument = 0 }) => [
    where === 'data' ? 1 : 0,
    offset,
    FILLS.indexOf(what),
    typeof argument === 'number' ? argument : OF_SETUP | argument.ofSetup,
  ]);
  return concat([
    words(KINDS.indexOf(kind), command, report ? REPORT : 0, output),
    stretch(attr),
    stretch(data),
    words(fills.length, ...filled),
  ]);
}

function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value >>> 0, true);
  return new Uint8Array(view.buffer);
}

function stretch(bytes: Uint8Array): Uint8Array {
  return concat([words(bytes.length), bytes, new Uint8Array(-bytes.length & 3)]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Reads what came out of the serial port: lines, some followed by bytes whose number the line tells. */
export function readAnswers(bytes: Uint8Array): Answers {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const jobs = new Map<number, StepResult[]>();
  const killed = new Set<number>();
  let release: string | undefined;
  let complete = false;
  for (let at = 0; at < buffer.length;) {
    const end = buffer.indexOf(10, at);
    if (end < 0) break;
    const [kind, ...fields] = buffer.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (kind === 'K') release = fields[0];
    if (kind === 'D') complete = true;
    if (kind === 'X') killed.add(Number(fields[0]));
    if (kind !== 'R') continue;
    const [job = 0, step = 0, result = 0, logged = 0, produced = 0] = fields.map(Number);
    if (at + logged + produced > buffer.length) break;
    const log = buffer.toString('latin1', at, at + logged);
    const output = new Uint8Array(buffer.subarray(at + logged, at + logged + produced));
    at += logged + produced;
    const results = jobs.get(job) ?? [];
    results.push({ step, result, log, output });
    jobs.set(job, results);
  }
  return { release, jobs, killed, complete };
}
