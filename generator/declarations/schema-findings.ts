import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, TextEdit } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Part, SourceFile } from '../diagnostics/source-file.ts';
import {
  invalidValue,
  missingKey,
  unknownFlag,
  unknownHook,
  unknownKey,
  unknownProgType,
  wrongType,
} from '../rules/format.rule.ts';
import { unknownKernel } from '../rules/unknown-kernel.rule.ts';
import { valueAt, type SchemaError } from './schema-errors.ts';
import type { Path } from '../diagnostics/source-file.ts';

/** The rule for a value that is not in the enumeration of a schema definition. */
const ENUMERATIONS: Readonly<Record<string, NameRule>> = {
  '#/$defs/hook/enum': unknownHook,
  '#/$defs/progType/enum': unknownProgType,
  '#/$defs/flag/enum': unknownFlag,
};

/** What a value of a pattern is called, and what to write in its place. */
const FORMS: Readonly<Record<string, { what: string; help: string }>> = {
  source: {
    what: 'path of a C file',
    help: 'write the path from the root of the source tree: `net/netfilter/nf_nat_bpf.c`',
  },
  owner: { what: 'owner', help: 'write `vmlinux`, or the name of a module as lsmod prints it' },
  name: { what: 'name', help: 'write letters, digits and `_` alone' },
  license: { what: 'SPDX expression', help: 'write an SPDX expression: `GPL-2.0-only OR MIT`' },
};

/** The finding for an error of a JSON Schema, at the key or scalar that is wrong. */
export function schemaFinding(
  error: SchemaError,
  file: SourceFile,
  data: unknown,
  kernelNames: readonly string[],
): Diagnostic {
  const { path, cause } = error;
  const value = valueAt(data, path);
  const at = (part: Part, where: Path = path): At => ({
    file,
    range: file.locate(where, part),
  });
  switch (cause.keyword) {
    case 'additionalProperties': {
      const key = (cause.params as { additionalProperty: string }).additionalProperty;
      const present = new Set(Object.keys(value as object));
      return unknownKeyFinding(key, error.knownKeys, present, at('key', [...path, key]));
    }
    case 'required': {
      const key = (cause.params as { missingProperty: string }).missingProperty;
      return diagnose(missingKey, { message: 'default', values: { key }, ...at('value') });
    }
    case 'enum': {
      const all = (cause.params as { allowedValues: string[] }).allowedValues;
      const rule = ENUMERATIONS[cause.schemaPath];
      return rule === undefined
        ? diagnose(invalidValue, {
            message: 'default',
            values: { value: shown(value), what: 'such value', help: `write one of ${list(all)}` },
            ...at('value'),
          })
        : nameFinding(rule, String(value), all, at('value'));
    }
    case 'pattern': {
      const key = path.at(-1);
      return key === 'since' || key === 'until'
        ? kernelFinding(String(value), kernelNames, at('value'))
        : patternFinding(error, value, at('value'));
    }
    case 'type':
      return typeFinding(error, value, at('value'));
    default:
      return diagnose(invalidValue, {
        message: 'default',
        values: { value: shown(value), what: 'valid value', help: cause.message ?? '' },
        ...at('value'),
      });
  }
}

type At = Pick<Diagnostic, 'file' | 'range'>;
type NameRule = typeof unknownHook;

const KINDS = new Map<NameRule, string>([
  [unknownHook, 'hook'],
  [unknownProgType, 'program type'],
  [unknownFlag, 'flag'],
  [unknownKernel, 'kernel'],
]);

/** A kernel that is spelled otherwise: `6.1`, `V6.1` and `v6.1.3` are meant as v6.1. */
function kernelFinding(value: string, kernelNames: readonly string[], at: At): Diagnostic {
  const series = /^[vV]?(\d+\.\d+)\b/.exec(value)?.[1];
  const meant = kernelNames.find((name) => name === `v${series ?? ''}`);
  return meant === undefined
    ? nameFinding(unknownKernel, value, kernelNames, at)
    : diagnose(unknownKernel, {
        message: 'near',
        values: { kind: 'kernel', value, nearest: meant },
        ...at,
        fix: replaceText(at, value, meant),
      });
}

/** A name that is none of those known, with the nearest of them. */
export function nameFinding(rule: NameRule, value: string, all: readonly string[], at: At): Diagnostic {
  const near = nearest(value, all);
  const kind = KINDS.get(rule) ?? 'name';
  return near === undefined
    ? diagnose(rule, { message: 'far', values: { kind, value, all: list(all) }, ...at })
    : diagnose(rule, {
        message: 'near',
        values: { kind, value, nearest: near },
        ...at,
        fix: replaceText(at, value, near),
      });
}

function unknownKeyFinding(key: string, known: readonly string[], present: ReadonlySet<string>, at: At): Diagnostic {
  const near = nearest(key, known);
  if (near === undefined) {
    return diagnose(unknownKey, { message: 'far', values: { key, keys: list(known) }, ...at });
  }
  return present.has(near)
    ? diagnose(unknownKey, { message: 'again', values: { key, nearest: near }, ...at })
    : diagnose(unknownKey, { message: 'near', values: { key, nearest: near }, ...at, fix: replaceText(at, key, near) });
}

function patternFinding(error: SchemaError, value: unknown, at: At): Diagnostic {
  const form = FORMS[String(error.path.at(-1))] ?? { what: 'valid value', help: `match ${shown(error.cause.params)}` };
  return diagnose(invalidValue, { message: 'default', values: { value: shown(value), ...form }, ...at });
}

function typeFinding(error: SchemaError, value: unknown, at: At): Diagnostic {
  const key = error.path.at(-1);
  const found = at.file.text.slice(at.range.start, at.range.end);
  if (typeof value === 'number' && (key === 'since' || key === 'until') && /^\d+\.\d+$/.test(found)) {
    return diagnose(wrongType, {
      message: 'version',
      values: { found },
      ...at,
      fix: [{ range: at.range, newText: `v${found}` }],
    });
  }
  if (error.expected === 'a list' && typeof value === 'string' && /^\w+$/.test(value) && found === value) {
    return diagnose(wrongType, {
      message: 'list',
      values: { found: value },
      ...at,
      fix: [{ range: at.range, newText: `[${value}]` }],
    });
  }
  return diagnose(wrongType, {
    message: 'default',
    values: { expected: error.expected, found: typeName(value) },
    ...at,
  });
}

/** The edit that puts one name in another's place, if the text there is that name alone. */
function replaceText(at: At, name: string, newText: string): TextEdit[] {
  return at.file.text.slice(at.range.start, at.range.end) === name ? [{ range: at.range, newText }] : [];
}

function typeName(value: unknown): string {
  if (value === null) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return typeof value === 'object'
    ? 'a mapping'
    : `the ${typeof value === 'string' ? 'text' : typeof value} ${shown(value)}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
