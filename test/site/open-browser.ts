import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { serveFolder } from './serve-folder.ts';

/** Where distributions put Chromium. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** The site as `npm run site` makes it. */
export const SITE = join(import.meta.dirname, '../../dist/site');

/** Why the site can't be looked at here; undefined: it can. */
export const NO_BROWSER: string | undefined = CHROMIUM === undefined ? 'needs Chromium' : undefined;

/** What a page did that it should not. */
export interface Offences {
  /** Warnings and errors on the console, and exceptions that nothing caught. */
  readonly messages: string[];
  /** Requests to anywhere but the server of the test. */
  readonly outside: string[];
}

/** The site in a browser, on a server of its own. */
export interface OpenSite {
  readonly browser: Browser;
  /** Opens a page of the site by its route (`#/judge`), in a context of its own. */
  readonly open: (route: string, options?: BrowserContextOptions) => Promise<{ page: Page; offences: Offences }>;
  readonly close: () => Promise<void>;
}

/** Starts a browser, and a server that has the site below a path, as hosts of several sites do. */
export async function openSite(): Promise<OpenSite> {
  const server = await serveFolder(SITE, '/some/where/');
  const browser = await chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    browser,
    async open(route, options = {}) {
      const page = await (await browser.newContext(options)).newPage();
      const offences: Offences = { messages: [], outside: [] };
      page.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) offences.messages.push(message.text());
      });
      page.on('pageerror', (error) => offences.messages.push(error.message));
      page.on('request', (request) => {
        const { protocol } = new URL(request.url());
        if (!request.url().startsWith(server.url) && !['data:', 'blob:'].includes(protocol)) {
          offences.outside.push(request.url());
        }
      });
      await page.goto(`${server.url}${route}`);
      return { page, offences };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
