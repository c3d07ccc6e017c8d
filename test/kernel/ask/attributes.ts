import type { Fill, Step } from '../machine/jobs.ts';

/** Commands of bpf(2) (enum bpf_cmd, include/uapi/linux/bpf.h). */
export const COMMAND = {
  mapCreate: 0,
  mapLookup: 1,
  mapUpdate: 2,
  mapDelete: 3,
  progLoad: 5,
  progTestRun: 10,
  btfLoad: 18,
  btfGetFdById: 19,
  mapFreeze: 22,
} as const;

/** Where a file descriptor comes from: a step of this job, or of the first. */
export type Descriptor = number | { readonly ofSetup: number };

/** Writes attributes of bpf(2): numbers at their offsets, and what the loader fills in. */
export class Attributes {
  readonly bytes: Uint8Array;
  readonly fills: Fill[] = [];
  readonly #view: DataView;
  #data: Uint8Array = new Uint8Array();

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  u32(offset: number, value: number): this {
    this.#view.setUint32(offset, value >>> 0, true);
    return this;
  }

  u64(offset: number, value: bigint): this {
    this.#view.setBigUint64(offset, value, true);
    return this;
  }

  text(offset: number, text: string, size: number): this {
    this.bytes.set(Buffer.from(text, 'latin1').subarray(0, size - 1), offset);
    return this;
  }

  descriptor(offset: number, descriptor: Descriptor): this {
    this.fills.push({ in: 'attr', offset, what: 'result', argument: descriptor });
    return this;
  }

  /** The address of these bytes, and descriptors to fill into them. */
  pointer(offset: number, bytes: Uint8Array, inside: readonly (readonly [number, Descriptor])[] = []): this {
    const start = this.#append(bytes);
    this.fills.push({ in: 'attr', offset, what: 'data', argument: start });
    for (const [at, argument] of inside) this.fills.push({ in: 'data', offset: start + at, what: 'result', argument });
    return this;
  }

  log(offset: number): this {
    this.fills.push({ in: 'attr', offset, what: 'log' });
    return this;
  }

  output(offset: number): this {
    this.fills.push({ in: 'attr', offset, what: 'output' });
    return this;
  }

  step(command: number, { report = true, output }: { readonly report?: boolean; readonly output?: number } = {}): Step {
    const { bytes: attr, fills } = this;
    return { kind: 'bpf', command, attr, data: this.#data, fills, report, ...(output !== undefined && { output }) };
  }

  /** @returns where in the data they begin */
  #append(bytes: Uint8Array): number {
    const start = this.#data.length;
    const grown = new Uint8Array(start + ((bytes.length + 7) & ~7));
    grown.set(this.#data);
    grown.set(bytes, start);
    this.#data = grown;
    return start;
  }
}
