import type { KernelModel } from '../declarations/model.ts';
import { claimNames, headerPath, type ClaimName } from './include-names.ts';
import { loadHeaderTemplate, type PrintHeader } from './include-template.ts';
import { headerView } from './include-view.ts';
import type { OutputFile, Target } from './target.ts';

/** `include/`: a C header a kernel and source file, that defines and registers what the source file declares. */
export const includeTarget: Target = {
  name: 'include',
  description: 'C headers that define and register the sets and destructor pairs, one a kernel and source file',
  async emit({ model, version }) {
    const templates = new Map<KernelModel['kernel']['layout'], PrintHeader>();
    const files: OutputFile[] = [];
    for (const kernel of model.kernels) {
      const { layout } = kernel.kernel;
      const print = templates.get(layout) ?? (await loadHeaderTemplate(layout));
      templates.set(layout, print);
      files.push(...headersOf(kernel, version, print));
    }
    return files;
  },
};

function headersOf({ kernel, sources }: KernelModel, version: string, print: PrintHeader): readonly OutputFile[] {
  const claims = new Map<string, ClaimName>();
  const headers = new Map<string, OutputFile>();
  for (const source of sources) {
    const claim = claims.get(source.owner) ?? claimNames(sources.filter(({ owner }) => owner === source.owner));
    claims.set(source.owner, claim);
    const view = headerView(kernel, source, claim, version);
    const path = `include/${kernel.version}/${headerPath(source.source)}`;
    if (headers.has(path)) {
      throw new Error(`two source files make ${path}`);
    }
    if (view !== undefined) {
      headers.set(path, { path, content: print(view) });
    }
  }
  return [...headers.values()];
}
