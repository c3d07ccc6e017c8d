import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Commits all files of a folder, which becomes a repository. */
export function commitAll(folder: string, message: string): void {
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  if (!existsSync(join(folder, '.git'))) {
    git('init', '-q');
  }
  git('add', '--all');
  git('commit', '-qm', message);
}
