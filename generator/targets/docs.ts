import {
  documentedKfuncs,
  HELPERS_PATH,
  INDEX_PATH,
  kernelPath,
  kfuncPath,
  rulePath,
  type Catalog,
} from './docs-catalog.ts';
import { helpersPage } from './docs-helpers-page.ts';
import { indexPage } from './docs-index-page.ts';
import { kernelPage } from './docs-kernel-page.ts';
import { kfuncPage } from './docs-kfunc-page.ts';
import { collectReferences } from './docs-partners.ts';
import { rulePage } from './docs-rule-page.ts';
import { markLines } from './mark.ts';
import type { Target } from './target.ts';

/** `docs/`: Markdown pages that link to each other. */
export const docsTarget: Target = {
  name: 'docs',
  description: 'a page for each kfunc, kernel and rule, and one for the BPF helpers, in Markdown',
  emit({ model, rules, helpers, version }) {
    const catalog: Catalog = {
      kernels: model.kernels,
      kfuncs: documentedKfuncs(model),
      rules,
      helpers,
      comment: markLines(version, 'the declarations'),
    };
    const references = collectReferences(catalog.kfuncs);
    return Promise.resolve([
      { path: INDEX_PATH, content: indexPage(catalog) },
      ...model.kernels.map((kernel) => ({
        path: kernelPath(kernel.kernel.version),
        content: kernelPage(kernel, catalog),
      })),
      ...catalog.kfuncs.map((kfunc) => ({
        path: kfuncPath(kfunc.name),
        content: kfuncPage(kfunc, catalog, references),
      })),
      ...(helpers === undefined ? [] : [{ path: HELPERS_PATH, content: helpersPage(helpers, catalog) }]),
      ...rules.map((rule) => ({ path: rulePath(rule.id), content: rulePage(rule, catalog) })),
    ]);
  },
};
