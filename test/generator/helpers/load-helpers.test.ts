import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts';
import { positionAt } from '../../../generator/diagnostics/source-file.ts';
import { findings, load } from '../temporary-registry.ts';

const DECLARATION = { 'kfuncs/acme.yaml': 'source: drivers/acme/acme_bpf.c\nowner: acme\n' };

const HELPER = `helpers:
  - id: 1
    name: acme
    prototypes:
      - { returns: integer, args: [anything] }
`;

const LIST = `lists:
  - name: xdp
    function: xdp_func_proto
    helpers: [acme]
programs:
  - { type: xdp, list: xdp }
`;

/** Rule, file, line and column of each finding. */
function placesOf(found: readonly Diagnostic[]): readonly string[] {
  return found.map(({ rule, file, range }) => {
    const { line, column } = positionAt(file, range.start);
    return `${rule} ${file.name.replace(/^.*\/helpers\//, '')}:${line}:${column}`;
  });
}

describe('files about helpers', () => {
  it('are read together: one names what stands in another', () => {
    const files = { ...DECLARATION, 'helpers/a.yaml': LIST, 'helpers/b.yaml': HELPER };
    expect(findings(files)).toEqual([]);
    expect(load(files).helpers.read.map(({ data }) => Object.keys(data))).toEqual([['lists', 'programs'], ['helpers']]);
  });

  it('need not be there', () => {
    expect(load(DECLARATION).helpers.read).toEqual([]);
  });

  it.each([
    ['a type that is none', HELPER.replace('anything', 'anythin') + LIST, ['registry/invalid-value a.yaml:5:36']],
    [
      'a key that is none',
      HELPER.replace('returns', 'return') + LIST,
      ['registry/unknown-key a.yaml:5:11', 'registry/missing-key a.yaml:5:11'],
    ],
    [
      'a list that is none',
      HELPER + LIST.replace('list: xdp', 'list: xpd'),
      ['helper/unused a.yaml:7:11', 'helper/unknown-name a.yaml:11:24'],
    ],
    [
      'a number that is another helper’s',
      HELPER + HELPER.replace('helpers:\n', '').replace('acme', 'emca') + LIST.replace('acme', 'acme, emca'),
      ['helper/duplicate a.yaml:6:9'],
    ],
  ])('are refused with the place of %s', (_, text, places) => {
    expect(placesOf(findings({ ...DECLARATION, 'helpers/a.yaml': text })).toSorted()).toEqual(places.toSorted());
  });

  it('that could not be read whole are not told what they lack', () => {
    const found = findings({
      ...DECLARATION,
      'helpers/a.yaml': LIST,
      'helpers/b.yaml': HELPER.replace('id: 1', 'id: one'),
    });
    expect(placesOf(found)).toEqual(['registry/wrong-type b.yaml:2:9']);
  });
});
