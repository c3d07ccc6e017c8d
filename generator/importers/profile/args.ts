import type { Kernel } from '../../../generated/types/kernel.ts';
import { closingOf } from '../c/brackets.ts';
import { functionsNamed } from '../c/functions.ts';
import type { Preprocessed } from '../c/preprocess.ts';
import type { CToken } from '../c/token.ts';
import type { SourceTree } from '../tree/source-tree.ts';

/** The functions that judge a kfunc's parameter by its name (kernel/bpf/btf.c up to v6.1, then kernel/bpf/verifier.c). */
const JUDGES = 'is_kfunc_arg_';

/** The parameter names that mean something: suffixes are strings in those functions, whole names are handed to them. */
export function readArgs(tree: SourceTree, fileOf: (path: string) => Preprocessed): Kernel['args'] {
  const suffixes = new Set<string>();
  const names = new Set<string>();
  const paths = tree.find(/\.c$/).filter((path) => /^kernel\/bpf\/[^/]+$/.test(path));
  for (const path of paths.filter((each) => tree.contains(each, [JUDGES]).length > 0)) {
    const { tokens } = fileOf(path);
    for (const { body } of functionsNamed(tokens, new RegExp(JUDGES))) {
      strings(body, /^__[a-z_]+$/).forEach((text) => suffixes.add(text));
    }
    for (const [at, { text }] of tokens.entries()) {
      if (text.includes(JUDGES) && tokens[at + 1]?.text === '(') {
        const args = tokens.slice(at + 2, closingOf(tokens, at + 1));
        strings(args, /^[a-z][a-z_]*$/).forEach((name) => names.add(name));
      }
    }
  }
  return { suffixes: [...suffixes], names: [...names] };
}

function strings(tokens: readonly CToken[], pattern: RegExp): readonly string[] {
  const texts = tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text.slice(1, -1));
  return texts.filter((text) => pattern.test(text));
}
