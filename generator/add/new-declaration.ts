import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AddError } from './add-error.ts';
import type { AddRequest } from './request.ts';

/** The first lines of a new declaration file, which its entries are added to. */
export function beginDeclaration({ source, owner, since, until }: AddRequest, schema: string | undefined): string {
  if (owner === undefined) {
    throw new AddError(`there is no declaration of ${source}: one that is begun needs --owner, vmlinux or a module`);
  }
  const keys = { source, owner, since, until };
  return [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    ...Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${spelled(value)}`])),
    '',
  ].join('\n');
}

/** The schema that a file in one folder names, as a file in another would name it. */
export function schemaFrom(text: string, path: string, newPath: string): string | undefined {
  const named = /^#\s*yaml-language-server:\s*\$schema=(\S+)/m.exec(text)?.[1];
  if (named === undefined || /^[a-z]+:/i.test(named) || isAbsolute(named)) {
    return named;
  }
  return relative(dirname(newPath), join(dirname(path), named))
    .split(sep)
    .join('/');
}

/** Validation judges the value: here it only must stay one. */
function spelled(value: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(value) ? value : JSON.stringify(value);
}
