// Makes the pictures that the documentation shows, docs/pictures/: of the site as `npm run site` has built it, and of a report.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { terminalPage } from './terminal-page.mjs';

const root = new URL('..', import.meta.url).pathname;
const WIDE = { width: 1280, height: 720 };
const NARROW = { width: 360, height: 720 };

/** Name of the file, route, what has to be there, and how large the window is. */
const PICTURES = [
  ['search', '#/?q=prog%3Axdp+lookup', '.result', { width: 1280, height: 420 }],
  ['kfunc', '#/kfunc/bpf_task_acquire', '.kfunc', { width: 1280, height: 960 }],
  ['kfunc-narrow', '#/kfunc/bpf_xdp_ct_lookup', '.kfunc', NARROW],
  ['matrix', '#/matrix?kernel=v6.12&flag=acquire', '.matrix', WIDE],
  ['changes', '#/changes?from=v6.19&to=v7.0', '.changes', WIDE],
  ['growth', '#/growth', '.chart', { width: 1280, height: 540 }],
  ['judge', '#/judge?sample=conntrack', '.verdict', { width: 1280, height: 1000 }],
];

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (executablePath === undefined) throw new Error('Chromium is needed: on Debian, apt-get install chromium');
const server = await preview({ configFile: `${root}site/vite.config.ts`, preview: { host: '127.0.0.1', port: 0 } });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const { port } = server.httpServer.address();
  mkdirSync(`${root}docs/pictures`, { recursive: true });
  for (const [name, route, wanted, viewport] of PICTURES) {
    const context = await browser.newContext({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${String(port)}/${route}`);
    await page.locator(wanted).first().waitFor();
    await page.screenshot({ path: `${root}docs/pictures/${name}.png` });
    await context.close();
  }
  const page = await browser.newPage({ viewport: { width: 1240, height: 100 } });
  await page.setContent(report());
  await page.screenshot({ path: `${root}docs/pictures/report.png`, fullPage: true });
} finally {
  await browser.close();
  await server.close();
}

/** What `kfuncs check` says of the sample that the judge's page has. */
function report() {
  const command = ['check', 'conntrack.bpf.o', '--kernel', 'v5.19', '--btf'];
  const btf = `${root}test/verifier/programs/fixtures/kernel-v5.19.btf`;
  const options = { cwd: `${root}site/judge/samples`, encoding: 'utf8', env: { ...process.env, FORCE_HYPERLINK: '0' } };
  const { stdout } = spawnSync(process.execPath, [`${root}dist/cli/kfuncs.js`, ...command, btf, '--color'], options);
  return terminalPage(`npx kfuncs ${command.join(' ')} v5.19.btf`, stdout);
}
