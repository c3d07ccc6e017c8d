import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../generator/temporary-registry.ts';
import { accessibilityFindings } from '../accessibility.ts';
import { NO_BROWSER, openSite, type OpenSite } from '../open-browser.ts';

const CORPUS = join(import.meta.dirname, '../../verifier/fixtures/corpus');
const SAMPLE = '#/judge?sample=conntrack';

async function openJudged(site: OpenSite, route: string): ReturnType<OpenSite['open']> {
  const opened = await site.open(route);
  await opened.page.locator('.verdict').waitFor();
  return opened;
}

/** What is read of the step that is shown: its instruction, and the registers that it changed. */
function stepOf(page: Page): Promise<string | null> {
  return page.locator('.instruction code').textContent();
}

if (NO_BROWSER !== undefined) {
  it.skip(NO_BROWSER, () => undefined);
} else {
  const folder = temporaryFolder();
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  describe('the sample', () => {
    it('names the rule, where it was acquired, the way and the help', async () => {
      const { page, offences } = await openJudged(site, SAMPLE);
      const verdict = await page.locator('.verdict').innerText();
      expect(verdict).toContain('v5.19 returns -EINVAL');
      expect(verdict).toContain('ref/leak');
      expect(verdict).toContain('it was acquired here: conntrack.bpf.c:14');
      expect(verdict).toContain('call bpf_ct_release() before this path ends');
      const way = await page.locator('.path li').allInnerTexts();
      expect(way.at(-3)).toContain('acquires reference 2');
      expect(way.at(-1)).toMatch(/if \(ct->status & IPS_DYING\)\s+r2 != 0: goes on at conntrack.bpf.c:28/);
      expect(offences).toEqual({ messages: [], outside: [] });
    });

    it('shows the registers at each step of the way, by button, slider and line', async () => {
      const { page } = await openJudged(site, SAMPLE);
      expect(await stepOf(page)).toBe('30: exit');
      await page.getByRole('button', { name: 'Back' }).click();
      const before = await stepOf(page);
      expect(before).not.toBe('30: exit');
      await page.getByRole('slider').press('End');
      expect(await stepOf(page)).toBe('30: exit');
      await page.getByRole('button', { name: /^line 24/ }).click();
      expect(await page.locator('.registers').innerText()).toMatch(/R0\s+pointer to struct nf_conn, holds reference 2/);
      expect(await page.locator('.steps').innerText()).toContain('Held: reference 2, acquired at conntrack.bpf.c:14');
    });

    it('a step has an address that leads back to it', async () => {
      const { page } = await openJudged(site, `${SAMPLE}&step=20&listing=instructions`);
      const shown = await stepOf(page);
      await page.reload();
      await page.locator('.verdict').waitFor();
      expect(await stepOf(page)).toBe(shown);
      expect(await page.getByRole('radio', { name: 'instructions' }).isChecked()).toBe(true);
    });

    it('mended, it is accepted', async () => {
      const { page } = await openJudged(site, SAMPLE);
      await page.getByRole('button', { name: /^mended/ }).click();
      await page.locator('.verdict.accept').waitFor();
      expect(await page.locator('.verdict').innerText()).toContain('v5.19 loads it');
      await page.goBack();
      await page.locator('.verdict.reject').waitFor();
    });

    it.each(['light', 'dark'] as const)('has nothing that keeps anybody out, in %s colours', async (colorScheme) => {
      const { page } = await site.open(SAMPLE, { colorScheme });
      await page.locator('.verdict').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
    });

    it('is no wider than a narrow screen', async () => {
      const { page } = await site.open(SAMPLE, { viewport: { width: 360, height: 640 } });
      await page.locator('.verdict').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    });
  });

  describe('files of one’s own', () => {
    it('are judged by the kernel that is chosen; a bad one loses no other', async () => {
      const { page, offences } = await site.open('#/judge');
      writeFileSync(join(folder, 'broken.o'), 'no object');
      await page.getByLabel('BTF of the kernel').setInputFiles(join(CORPUS, 'btf/kernel-v5.19.btf'));
      const files = ['cases.jsonl', 'btf/maps.btf', 'btf/maps-tagorder.btf'].map((name) => join(CORPUS, name));
      await page.getByLabel('Programs').setInputFiles([...files, join(folder, 'broken.o')]);
      await page.locator('.verdict').waitFor({ timeout: 30_000 });
      expect(await page.locator('.programs li').count()).toBeGreaterThan(1_400);
      expect(await page.locator('.note').allInnerTexts()).toEqual([expect.stringContaining('broken.o')]);
      expect(offences).toEqual({ messages: [], outside: [] });
    });

    it('that are no BTF are told of, with what is wanted', async () => {
      const { page } = await site.open(SAMPLE);
      await page.locator('.verdict').waitFor();
      await page.getByLabel('BTF of the kernel').setInputFiles(join(folder, 'broken.o'));
      const notes = page.locator('.note');
      await notes.first().waitFor();
      expect(await notes.allInnerTexts()).toEqual([
        expect.stringContaining('/sys/kernel/btf/vmlinux'),
        expect.stringContaining('broken.o'),
      ]);
    });
  });
}
