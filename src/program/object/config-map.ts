import type { Btf } from '../../btf/btf.ts';
import type { MapSpec } from '../program.ts';
import { dataMap } from './data-maps.ts';
import { dataSections } from './data-sections.ts';
import type { Extern } from './externs.ts';

const KCONFIG = '.kconfig';

/** The map `.kconfig` of an object, still without values; undefined if it asks for none. */
export function configMap(externs: readonly Extern[], btf: Btf | undefined): MapSpec | undefined {
  const configs = externs.filter((one) => one.kind === 'config');
  if (configs.length === 0 || btf === undefined) return undefined;
  const size = configs.reduce((end, config) => Math.max(end, config.offset + config.size), 0);
  const section = dataSections(btf).get(KCONFIG);
  return dataMap(KCONFIG, { size, contents: new Uint8Array(size), isReadOnly: true, btf, section });
}
