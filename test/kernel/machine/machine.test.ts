import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { btfBytes } from '../ask/btf-bytes.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPUS } from '../paths.ts';
import { initramfs } from './initramfs.ts';
import { encodeJobs, readAnswers } from './jobs.ts';

describe('what goes into the machine', () => {
  test('files of the first file system stand in a newc archive', () => {
    const archive = gunzipSync(initramfs([{ name: 'init', mode: 0o755, bytes: Buffer.from('hello') }]));
    const at = archive.indexOf('init\0');
    expect(archive.length % 4).toBe(0);
    expect(archive.toString('latin1', at - 110, at - 104)).toBe('070701');
    // Mode, and the size of the file.
    expect(archive.toString('latin1', at - 96, at - 88)).toBe('000081ed');
    expect(archive.toString('latin1', at - 56, at - 48)).toBe('00000005');
    expect(archive.includes('TRAILER!!!\0')).toBe(true);
  });

  test('jobs begin with their length', () => {
    const step = {
      kind: 'bpf',
      command: 5,
      attr: new Uint8Array([1, 2, 3]),
      data: new Uint8Array(),
      report: true,
    } as const;
    const fills = [{ in: 'attr', offset: 8, what: 'result', argument: { ofSetup: 2 } }] as const;
    const bytes = encodeJobs([{ steps: [] }, { steps: [{ ...step, fills }] }]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const words = Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(at * 4, true));
    expect(words).toEqual([0x324a464b, 2, 4, 0, 52, 1, 0, 5, 1, 0, 3, 0x030201, 0, 1, 0, 8, 1, 0x10002]);
  });

  test('BTF that was opened is written as it was', () => {
    const bytes = readFileSync(join(CORPUS, 'btf/maps.btf'));
    expect(Buffer.from(btfBytes(openBtf(bytes))).equals(bytes)).toBe(true);
  });
});

describe('what comes out of the machine', () => {
  test('results with logs and output', () => {
    const text = 'K 6.1.0\nR 1 0 -22 4 0\nlog\n\nR 1 1 0 0 3\nabc\n\nX 2 139\nR 3 0 5 0 0\n\nD 4\n';
    const { release, jobs, killed, complete } = readAnswers(Buffer.from(text));
    expect({ release, complete, killed: [...killed] }).toEqual({ release: '6.1.0', complete: true, killed: [2] });
    expect(jobs.get(1)).toEqual([
      { step: 0, result: -22, log: 'log\n', output: new Uint8Array() },
      { step: 1, result: 0, log: '', output: new Uint8Array(Buffer.from('abc')) },
    ]);
    expect(jobs.get(3)?.[0]?.result).toBe(5);
  });

  test('an answer that was cut off is none', () => {
    const { jobs, complete } = readAnswers(Buffer.from('K 6.1.0\nR 1 0 0 100 0\nlog'));
    expect({ jobs: jobs.size, complete }).toEqual({ jobs: 0, complete: false });
  });
});
