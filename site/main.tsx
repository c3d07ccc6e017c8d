import { render } from 'preact';
import { loadCatalog } from './data/load-catalog.ts';
import { App } from './shell/app.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no #app');
// Every page but one wants it, and from that one people go on to others. Pages tell of a failure themselves.
loadCatalog().catch(() => undefined);
render(<App />, root);
