/**
 * The library as one bundle for web pages, `kfunc-registry/browser`: what `kfunc-registry` exports, and the table of each
 * kernel, loaded when it is asked for. A page needs no bundler of its own for it.
 */
export * from './index.ts';
export { tables, type KernelVersion } from '../generated/tables/index.ts';
