import {
  isBtfError,
  isElf,
  isProgramJsonError,
  isUnreadable,
  jsonCandidate,
  jsonLineCandidate,
  LoadRefusal,
  objectCandidates,
  openBtfFile,
  openObject,
  type Btf,
  type Candidate,
} from 'kfunc-registry/browser';
import type { GivenFile, Unreadable } from './protocol.ts';

/** A program in a file that was given. */
export interface FoundProgram {
  readonly candidate: Candidate;
  readonly file: string;
  /** Of a .jsonl, from 1. */
  readonly line: number | undefined;
}

export interface FoundPrograms {
  readonly programs: readonly FoundProgram[];
  readonly unreadable: readonly Unreadable[];
}

/** Raw BTF beside programs in JSON is what those name. */
const BTF_SUFFIX = '.btf';

/** The programs of files, in the order given; a file that can't be used loses no other. */
export function readPrograms(files: readonly GivenFile[]): FoundPrograms {
  const unreadable: Unreadable[] = [];
  const btfOf = btfAmong(files);
  const programs = files.flatMap((file): readonly FoundProgram[] => {
    if (file.name.endsWith(BTF_SUFFIX)) return [];
    try {
      return programsOf(file, btfOf);
    } catch (error) {
      if (!isUnreadable(error) && !isProgramJsonError(error) && !(error instanceof LoadRefusal)) throw error;
      unreadable.push({ file: file.name, message: error.message });
      return [];
    }
  });
  return { programs, unreadable };
}

function programsOf({ name, bytes }: GivenFile, btfOf: (name: string) => Btf): readonly FoundProgram[] {
  if (isElf(bytes)) {
    const candidates = objectCandidates(openObject(bytes), (file) => file.replace(/^\.\//, ''));
    if (candidates.length === 0) throw new LoadRefusal('there is no program in it');
    return candidates.map((candidate) => ({ candidate, file: name, line: undefined }));
  }
  const text = textOf(bytes);
  if (text === undefined) throw new LoadRefusal('it is neither a BPF object nor JSON');
  if (/\.(jsonl|ndjson)$/.test(name)) {
    return text.split('\n').flatMap((content, index) => {
      const line = index + 1;
      return content.trim() === ''
        ? []
        : [{ candidate: jsonLineCandidate(content, line, { file: name, btfOf }), file: name, line }];
    });
  }
  return [{ candidate: jsonCandidate(text, { file: name, btfOf }), file: name, line: undefined }];
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** @returns a function that throws LoadRefusal for a name that no file has, or a file that is no BTF */
function btfAmong(files: readonly GivenFile[]): (name: string) => Btf {
  const known = new Map<string, Btf>();
  return (name) => {
    const file = files.find((each) => each.name === `${name}${BTF_SUFFIX}`);
    if (file === undefined) {
      throw new LoadRefusal(`a program names the BTF ${name}: give ${name}${BTF_SUFFIX} along with it`);
    }
    try {
      const btf = known.get(name) ?? openBtfFile(file.bytes);
      known.set(name, btf);
      return btf;
    } catch (error) {
      if (isBtfError(error) || isUnreadable(error)) throw new LoadRefusal(`${file.name}: ${error.message}`);
      throw error;
    }
  };
}
