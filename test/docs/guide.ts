import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../generator/temporary-registry.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A part of a guide that does something: a file that it has one write, or a command with what that prints. */
export type GuideStep =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly line: string; readonly output: string };

/**
 * The steps of a guide in their order. A block with a file name behind its language is a file; in a `console` block,
 * each line with `$ ` is a command, one that ends with `\` goes on in the next, and what follows is what it prints.
 */
export function readGuide(name: string): readonly GuideStep[] {
  const text = readFileSync(join(ROOT, 'docs', name), 'utf8');
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, file, content = '']): readonly GuideStep[] => {
      if (file !== undefined) return [{ kind: 'file', name: file, text: content }];
      return language === 'console' ? commandsOf(content) : [];
    },
  );
}

function commandsOf(content: string): readonly GuideStep[] {
  return content
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [line = ''] = /^(?:.*\\\n)*.*\n/.exec(text) ?? [];
      return { kind: 'command', line: line.trimEnd(), output: text.slice(line.length) };
    });
}

/** A folder in which a guide is followed, as somebody would at a prompt. */
export interface Session {
  /** @returns what the command prints, on both outputs in their order */
  readonly run: (line: string) => string;
  readonly write: (name: string, text: string) => void;
}

/**
 * @param files what the guide takes for granted
 * @param env variables that it does, too
 */
export function openSession(
  files: Readonly<Record<string, string | Uint8Array>>,
  env: Readonly<Record<string, string>> = {},
): Session {
  const folder = temporaryFolder(files);
  // `npx` finds what the package installs, as in a project that depends on it.
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(folder, 'node_modules/kfunc-registry'));
  symlinkSync(join(ROOT, 'dist/cli/kfuncs.js'), join(folder, 'node_modules/.bin/kfuncs'));
  let here = folder;
  return {
    run(line) {
      const script = `{ ${line}\n} 2>&1; pwd > "$GUIDE_PLACE"`;
      const place = join(folder, '.place');
      const { stdout } = spawnSync('bash', ['-c', script], {
        cwd: here,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...env,
          GUIDE_PLACE: place,
          NO_COLOR: '1',
          PATH: `${join(folder, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
        },
        timeout: 120_000,
        maxBuffer: 1 << 26,
      });
      here = readFileSync(place, 'utf8').trim();
      return stdout;
    },
    write(name, text) {
      const path = join(here, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    },
  };
}

/** Whether a command printed what a guide shows: a line `…` stands for any lines, and `…` in a line for anything. */
export function matches(printed: string, shown: string): boolean {
  const parts = shown.split(/^…\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\\n)*?')}$`).test(printed);
}
