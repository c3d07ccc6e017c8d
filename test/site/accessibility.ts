import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds on a page as it is now: the rule, and the elements that break it.
 *
 * @param rule the only one to look for, where the others have been; all by default
 */
export async function accessibilityFindings(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(AXE);
  const options = rule === undefined ? {} : { runOnly: [rule] };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
