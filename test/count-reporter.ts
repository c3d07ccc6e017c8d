import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Closes a run with why tests were skipped, and with one line that counts. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const broken = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    const of = (state: string): TestCase[] => tests.filter((test) => test.result().state === state);
    const skipped = of('skipped');
    const reasons = new Set(
      skipped.map((test) => {
        const result = test.result();
        return 'note' in result && result.note !== undefined ? result.note : 'no reason given';
      }),
    );
    for (const reason of reasons) {
      console.log(`skipped: ${reason}`);
    }
    const failed = of('failed').length + broken + unhandled.length;
    console.log(
      `${String(of('passed').length)} passed, ${String(failed)} failed${skipped.length > 0 ? `, ${String(skipped.length)} skipped` : ''}`,
    );
  }
}
