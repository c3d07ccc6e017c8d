/** Made by build/explorer-data-plugin.ts. */
declare module 'virtual:explorer-data' {
  /** Where the JSON of `ExplorerData` is fetched from. */
  export const explorerDataUrl: string;
}
