import type { Model } from '../declarations/model.ts';
import type { ContextRules } from '../contexts/context-rules.ts';
import type { HelperData } from '../../src/verifier/kernel/helpers/helper-data.ts';
import type { RuleDocumentation } from './rule-documentation.ts';

/** A file that a target emits. */
export interface OutputFile {
  /** Path below the output folder, with forward slashes. */
  readonly path: string;
  /** The whole text; ends with a line feed. */
  readonly content: string;
}

/** What a target may read. Targets are pure functions of it. */
export interface TargetInput {
  readonly model: Model;
  readonly contexts: ContextRules;
  /** What the registry says of BPF helpers; undefined where it has none. */
  readonly helpers?: HelperData | undefined;
  /** The JSON Schemas of the package, by file name (`declaration.schema.json`). */
  readonly schemas: ReadonlyMap<string, unknown>;
  /** The rules that have a page, in the order of the index. */
  readonly rules: readonly RuleDocumentation[];
  /** Version of the package, for the mark in generated files. */
  readonly version: string;
  /** The frame of the table modules, where another thread prints it. */
  readonly frame?: Promise<string>;
}

/** One kind of output; emits into the folder of its name. */
export interface Target {
  readonly name: string;
  /** What it emits, in one sentence, for `--help` and the documentation. */
  readonly description: string;
  emit(input: TargetInput): Promise<readonly OutputFile[]>;
}
