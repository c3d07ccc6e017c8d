import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js';

/** What of the language server protocol is used here. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Problem {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
}

export interface Completion {
  readonly label: string;
  readonly documentation?: string | { readonly value: string };
}

/** An editor without a window, that has a folder open with its `.vscode/settings.json`. */
export interface Editor {
  /** Opens a file as if it had a text, and gives what is underlined. */
  readonly problems: (path: string, text: string) => Promise<readonly Problem[]>;
  /** Opens a file as if it had a text, and gives what is offered at `|`, which is taken out. */
  readonly completions: (path: string, text: string) => Promise<readonly Completion[]>;
  readonly close: () => Promise<void>;
}

/** Starts the YAML language server on a folder, as editors do: over its standard input and output. */
export async function openEditor(folder: string): Promise<Editor> {
  const server = join(
    dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json')),
    'bin/yaml-language-server',
  );
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const settings = settingsOf(folder);
  const waiting = new Map<string, (problems: readonly Problem[]) => void>();
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
    items.map(({ section }) => settings[section] ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: readonly Problem[] }) => waiting.get(uri)?.(diagnostics),
  );
  connection.listen();
  const root = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'folder' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { completion: { completionItem: { documentationFormat: ['markdown', 'plaintext'] } } },
    },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings });
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
  // The server knows a text by its file and version, even if that was closed.
  let version = 0;
  const published = (uri: string): Promise<readonly Problem[]> => new Promise((resolve) => waiting.set(uri, resolve));
  const open = async (path: string, text: string): Promise<readonly Problem[]> => {
    const uri = uriOf(path);
    const problems = published(uri);
    const textDocument = { uri, languageId: 'yaml', version: ++version, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    return problems;
  };
  // What was underlined is taken back then, which must not be mistaken for what is said of the next text.
  const close = async (path: string): Promise<void> => {
    const takenBack = published(uriOf(path));
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
    await takenBack;
  };
  return {
    problems: async (path, text) => {
      const problems = await open(path, text);
      await close(path);
      return problems;
    },
    completions: async (path, text) => {
      const before = text.slice(0, text.indexOf('|')).split('\n');
      await open(path, text.replace('|', ''));
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const params = { textDocument: { uri: uriOf(path) }, position };
      const answer: { items: readonly Completion[] } = await connection.sendRequest('textDocument/completion', params);
      await close(path);
      return answer.items;
    },
    close: async () => {
      await connection.sendRequest('shutdown');
      connection.dispose();
      child.kill();
    },
  };
}

/** The settings by section, but for what would be fetched from the network. */
function settingsOf(folder: string): Readonly<Record<string, unknown>> {
  const written = JSON.parse(readFileSync(join(folder, '.vscode/settings.json'), 'utf8')) as Record<string, unknown>;
  const offline = { schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };
  return {
    yaml: { ...offline, schemas: written['yaml.schemas'], completion: true, validate: true, hover: true },
    '[yaml]': written['[yaml]'],
    editor: {},
    files: {},
    http: {},
  };
}
