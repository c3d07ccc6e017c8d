import smallBtfUrl from '../../test/verifier/programs/fixtures/kernel-v5.19.btf?url';
import type { GivenFile } from './protocol.ts';
import objectUrl from './samples/conntrack.bpf.o?url';

/** The kernel that the small BTF is of. */
export const SMALL_BTF_KERNEL = 'v5.19';

/** A BTF with what sample programs need of v5.19, for whoever has none at hand. */
export function fetchSmallBtf(): Promise<GivenFile> {
  return fetchFile('kernel-v5.19.btf', smallBtfUrl);
}

/** An object with two programs: one leaks a connection, and one does not. */
export function fetchSampleObject(): Promise<GivenFile> {
  return fetchFile('conntrack.bpf.o', objectUrl);
}

/** @throws Error if the server does not have it */
async function fetchFile(name: string, url: string): Promise<GivenFile> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${name}: the server says ${String(response.status)}`);
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
}
