import { describe, expect, it } from 'vitest';
import { diffKernels } from '../../../generator/diff/compare-models.ts';
import { changesBetween, historyOf } from '../../../site/data/changes.ts';
import { registryCatalog } from '../registry-catalog.ts';

const { model, catalog } = registryCatalog();
const last = catalog.newest;
const position = (version: string): number => catalog.positionOf.get(version) ?? -1;

describe('what changed between two kernels', () => {
  const neighbours = catalog.kernels.slice(1).map((_, from) => [from, from + 1] as const);
  const farther = [
    [0, last],
    [last, 0],
    [3, 14],
    [last, last],
  ] as const;

  it.each([...neighbours, ...farther].map(([from, to]) => ({ from, to })))(
    'is what `kfuncs diff` says: $from to $to',
    ({ from, to }) => {
      const [old, now] = [model.kernels[from], model.kernels[to]];
      if (old === undefined || now === undefined) throw new Error('no such kernel');
      const changes = changesBetween(catalog, from, to).map((change) => ({ ...change, kernels: [] }));
      expect(changes).toEqual(diffKernels(old, now));
    },
  );

  it('v7.0 took four kfuncs away', () => {
    const gone = changesBetween(catalog, position('v6.19'), position('v7.0')).filter(
      ({ kind }) => kind === 'kfunc-removed',
    );
    expect(gone.map(({ name }) => name)).toEqual([
      'bpf_stream_vprintk_impl',
      'bpf_task_work_schedule_resume_impl',
      'bpf_task_work_schedule_signal_impl',
      'bpf_wq_set_callback_impl',
    ]);
  });
});

describe('what changed for a kfunc', () => {
  it('is told by the kernels that changed something, oldest first', () => {
    const steps = historyOf(catalog, 'bpf_task_acquire');
    expect(steps[0]).toMatchObject({ to: position('v6.2'), changes: [{ kind: 'kfunc-added' }] });
    const broken = steps.filter(({ changes }) => changes.some(({ breaking }) => breaking));
    expect(broken.map(({ to }) => to)).toEqual([position('v6.4')]);
  });

  it('has the types that it destroys', () => {
    const kinds = historyOf(catalog, 'bpf_task_release_dtor').flatMap(({ changes }) => changes.map(({ kind }) => kind));
    expect(kinds).toContain('dtor-changed');
  });

  it('is nothing for a name that no kernel has', () => {
    expect(historyOf(catalog, 'constructor')).toEqual([]);
  });
});
