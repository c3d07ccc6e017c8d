import type { Plugin } from 'vite';
import { loadProfiles, loadRegistry } from '../generator/declarations/load.ts';
import { explorerData } from '../generator/explorer/explorer-data.ts';

/** What the site imports: a module that exports the address of the JSON file. */
const MODULE = 'virtual:explorer-data';
const RESOLVED = `\0${MODULE}`;
const NAME = 'explorer-data.json';

/** Makes what the explorer shows out of a registry, as a file beside the site's modules, fetched along with the first. */
export function explorerDataPlugin(registry: string): Plugin {
  let isServed = false;
  return {
    name: 'explorer-data',
    configResolved({ command }) {
      isServed = command === 'serve';
    },
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const source = explorerJson(registry);
      const address = isServed
        ? JSON.stringify(`data:application/json,${encodeURIComponent(source)}`)
        : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name: NAME, source })}`;
      return `export const explorerDataUrl = ${address};`;
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const file = Object.values(bundle ?? {}).find((each) => each.type === 'asset' && each.names.includes(NAME));
        if (file === undefined) return html;
        const attrs = { rel: 'preload', as: 'fetch', href: `./${file.fileName}`, crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

function explorerJson(registry: string): string {
  const { registry: read, unreadable } = loadRegistry([registry], loadProfiles());
  const [first] = unreadable;
  if (first !== undefined) throw first;
  return JSON.stringify(explorerData(read.model));
}
