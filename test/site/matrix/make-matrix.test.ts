import { describe, expect, it } from 'vitest';
import { listRows } from '../../../generator/declarations/rows.ts';
import { choicesOf, makeMatrix, type MatrixFilter } from '../../../site/matrix/make-matrix.ts';
import { registryCatalog } from '../registry-catalog.ts';

const { catalog, model } = registryCatalog();
const ALL: MatrixFilter = { name: '', flag: '', owner: '', withEmpty: false };
const position = (version: string): number => catalog.positionOf.get(version) ?? -1;

describe('the matrix of a kernel', () => {
  it.each(['v5.18', 'v6.1', 'v7.1'])('has what `kfuncs list --kernel %s` has', (version) => {
    const kernel = model.kernels[position(version)];
    if (kernel === undefined) throw new Error(version);
    const listed = listRows(kernel).map(({ kfunc, hook }) => `${kfunc} ${hook}`);
    const { rows } = makeMatrix(catalog, position(version), ALL);
    const cells = rows.flatMap(({ name, cells: held }) => [...held.keys()].map((hook) => `${name} ${hook}`));
    expect(cells.sort()).toEqual([...new Set(listed)].sort());
  });

  it('joins the flags of a hook’s sets', () => {
    const { rows } = makeMatrix(catalog, position('v5.18'), { ...ALL, name: 'bpf_xdp_ct_lookup' });
    expect(rows.map(({ cells }) => [...cells])).toEqual([[['xdp', ['acquire', 'ret_null']]]]);
  });

  it.each([
    ['a flag', { flag: 'sleepable' }],
    ['an owner', { owner: 'nf_conntrack' }],
    ['a part of the name', { name: ' CT_ ' }],
  ])('leaves what %s leaves', (_, filter) => {
    const whole = makeMatrix(catalog, position('v6.12'), ALL);
    const part = makeMatrix(catalog, position('v6.12'), { ...ALL, ...filter });
    expect(part.rows.length).toBeGreaterThan(0);
    expect(part.rows.length).toBeLessThan(whole.rows.length);
    expect(part.columns.length).toBeLessThan(whole.columns.length);
    const withEmpty = makeMatrix(catalog, position('v6.12'), { ...ALL, ...filter, withEmpty: true });
    expect(withEmpty.columns).toEqual(Object.keys(catalog.kernels[position('v6.12')]?.hooks ?? {}));
  });

  it('offers flags and owners of the kernel', () => {
    expect(choicesOf(catalog, position('v5.18')).flags).toEqual(['acquire', 'release', 'ret_null']);
    expect(choicesOf(catalog, position('v6.1')).owners).toContain('nf_nat');
  });
});
