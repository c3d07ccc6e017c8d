/** A place in the site, as the part of its address behind `#` has it: `#/kfunc/bpf_ct_release?kernel=v6.1`. */
export interface Route {
  /** Parts of the path; none: the front page. */
  readonly path: readonly string[];
  /** In the order in which they stand. */
  readonly query: Readonly<Record<string, string>>;
}

/** Reads what stands behind `#`. What is no address of ours is a path that no page has. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#?\/?/, '');
  const [path = '', query = ''] = splitAt(text, '?');
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The address of a route, with its `#`; parameters that are empty are left out. */
export function routeHref({ path, query }: Route): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

function splitAt(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
