import { mustRun } from '../c/toolchain.ts';

/** A number that llvm-readelf prints with its name. */
interface Value<T> {
  readonly Value: T;
  readonly RawValue: number;
}

interface Section {
  readonly Name: Value<string>;
  readonly Type: Value<string>;
  readonly Flags: { readonly RawFlags: number };
  readonly Offset: number;
  readonly Size: number;
  readonly Link: number;
  readonly Info: number;
  readonly EntrySize: number;
}

interface Symbol {
  readonly Name: Value<string>;
  readonly Value: number;
  readonly Size: number;
  readonly Binding: Value<string>;
  readonly Type: Value<string>;
  readonly Section: Value<string>;
}

/** What llvm-readelf reads in a file. */
export interface ReadElf {
  readonly sections: readonly Section[];
  readonly symbols: readonly Symbol[];
  /** Offset, name of the symbol, and the addend, of those that have one, as 64 bits without sign. */
  readonly relocations: readonly (readonly [offset: number, symbol: string, addend: bigint | undefined])[];
}

/** Its JSON has no relocations that could be parsed, so these come from its text. */
export function readElf(file: string): ReadElf {
  const json: unknown = JSON.parse(mustRun('llvm-readelf', ['-S', '-s', '--elf-output-style=JSON', file]));
  const [parsed] = json as readonly Readonly<Record<string, FileDump>>[];
  const [dump] = Object.values(parsed ?? {});
  const text = mustRun('llvm-readelf', ['-r', '--elf-output-style=LLVM', file]);
  const lines = text.matchAll(/^ {4}0x(?<offset>\w+) R_\w+ (?<symbol>\S+)(?: (?<sign>-?)0x(?<addend>\w+))?$/gm);
  return {
    sections: dump?.Sections.map(({ Section }) => Section) ?? [],
    symbols: dump?.Symbols.map(({ Symbol }) => Symbol) ?? [],
    relocations: Array.from(lines, ({ groups = {} }) => {
      const { offset = '', symbol = '', sign, addend } = groups;
      const value = addend === undefined ? undefined : BigInt(`0x${addend}`) * (sign === '-' ? -1n : 1n);
      // A relocation against no symbol is shown with a dash.
      return [
        parseInt(offset, 16),
        symbol === '-' ? '' : symbol,
        value === undefined ? undefined : BigInt.asUintN(64, value),
      ];
    }),
  };
}

interface FileDump {
  readonly Sections: readonly { readonly Section: Section }[];
  readonly Symbols: readonly { readonly Symbol: Symbol }[];
}
