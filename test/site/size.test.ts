import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SITE } from './open-browser.ts';

/** Kilobytes that `gzip -9` makes of a file. */
function compressed(path: string): number {
  return gzipSync(readFileSync(join(SITE, path)), { level: 9 }).length / 1000;
}

const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
const page = readFileSync(join(SITE, 'index.html'), 'utf8');

/** What the explorer wants: what index.html names. All else is loaded by the page that judges. */
const first = ['index.html', ...files.filter((path) => page.includes(path))];
const later = files.filter((path) => !first.includes(path));

describe('the bytes that the explorer takes, all kernels with it', () => {
  it.each([
    ['.html', 2],
    ['.css', 6],
    ['.js', 30],
    ['.json', 60],
  ])('%s is below %i kB', (ending, budget) => {
    const sizes = first.filter((path) => path.endsWith(ending)).map(compressed);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(budget);
  });

  it('are below 300 kB together, of no other kinds', () => {
    expect(first.filter((path) => !/\.(html|css|js|json)$/.test(path))).toEqual([]);
    expect(first.map(compressed).reduce((sum, size) => sum + size)).toBeLessThan(300);
  });
});

describe('the bytes that judging takes besides', () => {
  it('are below 400 kB: engine, tables, and a small BTF', () => {
    expect(later.length).toBeGreaterThan(0);
    expect(later.map(compressed).reduce((sum, size) => sum + size)).toBeLessThan(400);
  });

  it('are not fetched before: the first module imports none of it at once', () => {
    const [module = ''] = first.filter((path) => path.endsWith('.js'));
    const text = readFileSync(join(SITE, module), 'utf8');
    expect(text).not.toMatch(/(^|;)import(?!\()\s*["'{*]/);
  });
});
