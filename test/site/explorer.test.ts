import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings } from './accessibility.ts';
import { NO_BROWSER, openSite, type OpenSite } from './open-browser.ts';

const PAGES = {
  'the front page': '#/?kernel=v5.18',
  'a search': '#/?q=flag%3Aacquire+hook%3Axdp&kernel=v6.12',
  kfunc: '#/kfunc/bpf_task_acquire?kernel=v6.4',
  'a kfunc that was never callable': '#/kfunc/bpf_task_release_dtor',
  'no kfunc': '#/kfunc/bpf_tsk_acquire',
  matrix: '#/matrix?kernel=v6.12&flag=acquire',
  changes: '#/changes?from=v6.19&to=v7.0',
  growth: '#/growth',
  'no page': '#/nowhere',
};

/** The part of the address behind the folder. */
const hashOf = (page: Page): string => new URL(page.url()).hash;

if (NO_BROWSER !== undefined) {
  it.skip(NO_BROWSER, () => undefined);
} else {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  describe('every page', () => {
    it.each(Object.entries(PAGES))(
      '%s: nothing keeps anybody out, in light and dark; no errors, no requests to others',
      async (_, route) => {
        const { page, offences } = await site.open(route);
        await page.locator('h1').waitFor();
        const findings = await accessibilityFindings(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        findings.push(...(await accessibilityFindings(page, 'color-contrast')));
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        expect(findings).toEqual([]);
        expect(offences).toEqual({ messages: [], outside: [] });
      },
    );

    it('says what it needs where there is no JavaScript', async () => {
      const { page } = await site.open('', { javaScriptEnabled: false });
      expect(await page.locator('body').innerText()).toContain('This page needs JavaScript');
    });
  });

  describe('three questions', () => {
    it('which kernels let an XDP program look up a connection', async () => {
      const { page } = await site.open('#/');
      await page.getByRole('link', { name: 'prog:xdp lookup' }).click();
      const row = page.locator('.result', { hasText: 'bpf_xdp_ct_lookup' });
      expect(await row.innerText()).toContain('since v5.18');
      await row.getByRole('link').click();
      await page.locator('h1', { hasText: /^bpf_xdp_ct_lookup$/ }).waitFor();
      expect(await page.locator('.summary').innerText()).toContain('Callable in v5.18–v6.14, v6.17–v7.1');
      const cells = await page.getByRole('row', { name: /^xdp/ }).getByRole('cell').allInnerTexts();
      expect(cells.map((cell) => cell.replace(/\s+/g, ' '))).toEqual([
        expect.stringContaining('acquire, ret_null'),
        'nothing is known',
        expect.stringContaining('acquire, ret_null'),
      ]);
    });

    it('what releases what bpf_task_acquire returns', async () => {
      const { page } = await site.open('#/');
      await page.getByRole('searchbox', { name: 'Search' }).fill('bpf_task_acquire');
      await page.keyboard.press('Enter');
      const references = page.getByRole('region', { name: 'References and destructors' });
      expect(await references.innerText()).toMatch(
        /struct task_struct that it returns is released by\s+bpf_task_release\s+v6.2–v6.14, v6.17–v7.1/,
      );
      await references.getByRole('link', { name: 'bpf_task_release', exact: true }).first().click();
      await page.locator('h1', { hasText: /^bpf_task_release$/ }).waitFor();
      expect(await references.innerText()).toContain('bpf_task_acquire');
    });

    it('what v7.0 took away', async () => {
      const { page } = await site.open('#/');
      await page.getByRole('link', { name: 'Changes' }).click();
      await page.getByRole('link', { name: 'Earlier: v6.19 → v7.0' }).click();
      await page.locator('h1', { hasText: /^What changed from v6.19 to v7.0$/ }).waitFor();
      const [first] = await page.locator('.changes').allInnerTexts();
      expect(first).toMatch(/breaks\s+Kfuncs that are gone\s+4/);
      await page.getByRole('link', { name: 'bpf_wq_set_callback_impl' }).click();
      // The kernel that still had it.
      await page.getByRole('heading', { name: 'Who can call it in v6.19' }).waitFor();
      expect(await page.locator('.summary').innerText()).toContain('gone from v7.0 on');
    });
  });

  it('names the flags there are where a search asks for another', async () => {
    const { page } = await site.open('#/?q=flag:aquire');
    expect(await page.getByRole('alert').innerText()).toMatch(/^There is no flag aquire\. There are acquire .* none$/);
  });

  it('shows partners for the kernels that have both', async () => {
    const { page } = await site.open('#/kfunc/bpf_task_kptr_get');
    const [partner] = await page.locator('.partners li li').allInnerTexts();
    expect(partner).toBe('bpf_task_release v6.2–v6.3');
  });

  describe('by keyboard alone', () => {
    it('searches, goes down the results, opens one, and comes back to the search', async () => {
      const { page } = await site.open('#/growth');
      await page.locator('h1').waitFor();
      await page.keyboard.press('/');
      await page.locator('#search:focus').waitFor();
      await page.keyboard.type('bpf_tsk_acquire');
      await page.getByText('Nothing is spelled so').waitFor();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('ct_');
      await page.locator('.result-name mark', { hasText: 'ct_' }).first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowDown');
      const second = await page.locator('.result-name').nth(1).innerText();
      expect(await page.evaluate('document.activeElement.textContent')).toBe(second);
      await page.keyboard.press('Enter');
      await page.locator('.kfunc h1').waitFor();
      expect(await page.locator('h1').innerText()).toBe(second);
      await page.goBack();
      await page.locator('.result').first().waitFor();
      expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('ct_');
    });

    it('skips the navigation, and reaches the table of the matrix', async () => {
      const { page } = await site.open('#/matrix?kernel=v5.18');
      await page.locator('.matrix').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      const isInTable = 'document.activeElement.closest(".matrix-scroller") !== null';
      for (let presses = 0; presses < 10 && !(await page.evaluate<boolean>(isInTable)); presses++) {
        await page.keyboard.press('Tab');
      }
      expect(await page.evaluate(isInTable)).toBe(true);
    });

    it('a slash in a field is a slash', async () => {
      const { page } = await site.open('#/matrix');
      await page.getByLabel('Name has').pressSequentially('a/b');
      expect(await page.getByLabel('Name has').inputValue()).toBe('a/b');
      await page.getByText('No kfunc of v7.1 fits all of that').waitFor();
    });
  });

  describe('the address', () => {
    it.each([
      ['search', '#/?q=flag%3Aacquire+hook%3Axdp&kernel=v6.1', '#search-count', /^\d+ kfuncs in v6.1$/],
      ['kfunc', '#/kfunc/bpf_task_acquire?kernel=v6.2', '#in-kernel', /in v6.2$/],
      ['matrix', '#/matrix?kernel=v6.1&flag=acquire&owner=nf_conntrack&hooks=all', '.count', /^5 kfuncs, 5 hooks$/],
      ['changes', '#/changes?from=v5.18&to=v7.1&name=ct_release', '.count', /ct_release$/],
    ])('has the whole state: %s', async (_, route, selector, text) => {
      const { page } = await site.open(route);
      await page.locator(selector).waitFor();
      expect(await page.locator(selector).innerText()).toMatch(text);
      expect(hashOf(page)).toBe(route);
    });

    it('follows what is chosen, and leads back to it', async () => {
      const { page } = await site.open('#/matrix');
      await page.getByLabel('Kernel').selectOption('v5.19');
      await page.getByLabel('Flag').selectOption('release');
      await page.getByLabel('Name has').fill('ct');
      await page.waitForURL(/name=ct/);
      const rows = await page.locator('.matrix tbody th').allInnerTexts();
      expect(rows).toEqual(['bpf_ct_release']);
      const { page: other } = await site.open(hashOf(page));
      await other.locator('.matrix').waitFor();
      expect(await other.locator('.matrix tbody th').allInnerTexts()).toEqual(rows);
    });

    it('that asks for a version without profile gets the answer that nothing is known', async () => {
      const { page } = await site.open('#/matrix?kernel=v6.15');
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toBe('Nothing is known here of a kernel v6.15; shown is v7.1.');
    });

    it('that one goes back to is where it was scrolled to', async () => {
      const { page } = await site.open('#/');
      await page.locator('.result').nth(250).scrollIntoViewIfNeeded();
      const before = await page.evaluate<number>('scrollY');
      expect(before).toBeGreaterThan(1_000);
      await page.locator('.result-name').nth(250).click();
      await page.locator('.kfunc').waitFor();
      expect(await page.evaluate('scrollY')).toBe(0);
      await page.goBack();
      await page.locator('.result').first().waitFor();
      expect(Math.abs((await page.evaluate<number>('scrollY')) - before)).toBeLessThan(100);
    });
  });

  describe('gaps', () => {
    it('where there is no profile are shown as such: strip, chart, table', async () => {
      const { page } = await site.open('#/growth');
      await page.locator('.chart').waitFor();
      expect(await page.locator('.chart-unknown').count()).toBe(2);
      expect(await page.locator('tr.unknown').allInnerTexts()).toEqual([
        expect.stringMatching(/^v6.16\s+nothing is known of it here$/),
        expect.stringMatching(/^v6.15\s+nothing is known of it here$/),
      ]);
      const label = await page.getByRole('img').getAttribute('aria-label');
      expect(label).toContain('Registrations grew from 44 in v5.18 to 719 in v7.1');
    });
  });

  it('is fast: figures of this run are printed', async () => {
    const { page } = await site.open('#/');
    await page.locator('.result').first().waitFor();
    await page
      .getByRole('searchbox', { name: 'Search' })
      .pressSequentially('bpf_task_acquire flag:acquire', { delay: 10 });
    await page.locator('.result').first().waitFor();
    const durations = (name: string): Promise<number[]> =>
      page.evaluate<number[]>(`performance.getEntriesByName(${JSON.stringify(name)}).map(({ duration }) => duration)`);
    const [paint = NaN] = await durations('explorer:first-data');
    const searches = (await durations('explorer:search')).sort((a, b) => a - b);
    const [median, slowest] = [searches[Math.floor(searches.length / 2)], searches.at(-1)];
    const milliseconds = (value: number | undefined): string => `${String(Math.round(value ?? NaN))} ms`;
    console.log(
      `first paint with data after ${milliseconds(paint)}; ${String(searches.length)} searches, median ${milliseconds(median)}, slowest ${milliseconds(slowest)}`,
    );
    expect(searches.length).toBeGreaterThan(10);
    expect(paint).toBeGreaterThan(0);
  });
}
