import { useEffect, useState } from 'preact/hooks';
import { parseRoute, routeHref, type Route } from './route.ts';

/** The route that the address bar has, again whenever it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const update = (): void => {
      setRoute(parseRoute(location.hash));
    };
    addEventListener('hashchange', update);
    return () => {
      removeEventListener('hashchange', update);
    };
  }, []);
  return route;
}

/** Goes to a route: a place of its own in the history. */
export function goTo(route: Route): void {
  location.hash = routeHref(route);
}

/** Puts a route in place of the one that is shown, as while somebody types: going back leaves both. */
export function replaceRoute(route: Route): void {
  history.replaceState(history.state, '', routeHref(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
