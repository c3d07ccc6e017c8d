import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * Names files as services do that show findings beside the code: by their path from the root of the repository. That is
 * GITHUB_WORKSPACE in a workflow, else the folder with `.git` around the working folder, else the working folder.
 *
 * @returns what gives the name of a file whose path is as findings have it; absolute where it is in no repository
 */
export function repositoryPaths(env: NodeJS.ProcessEnv = process.env): (name: string) => string {
  const here = realpathSync(process.cwd());
  const root = workspaceOf(env['GITHUB_WORKSPACE'], here) ?? gitRootOf(here) ?? here;
  return (name) => {
    const path = resolve(here, name);
    const fromRoot = relative(root, path);
    return fromRoot.startsWith('..') ? path : fromRoot.split(sep).join('/');
  };
}

/** The workspace, if the working folder is in it. */
function workspaceOf(workspace: string | undefined, here: string): string | undefined {
  if (workspace === undefined || !existsSync(workspace)) {
    return undefined;
  }
  const root = realpathSync(workspace);
  return relative(root, here).startsWith('..') ? undefined : root;
}

function gitRootOf(folder: string): string | undefined {
  let root = folder;
  while (!existsSync(join(root, '.git'))) {
    const outer = dirname(root);
    if (outer === root) {
      return undefined;
    }
    root = outer;
  }
  return root;
}
