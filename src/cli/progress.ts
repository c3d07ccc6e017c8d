/** How often the line is written anew, in milliseconds. */
const INTERVAL = 200;

/** Says on a terminal how far long work is; nothing elsewhere. */
export interface Progress {
  /** @param text makes the line; asked for only when it is to be shown */
  readonly tell: (text: () => string) => void;
  /** Takes the line away. */
  readonly done: () => void;
}

/** @param isWanted false where the results themselves go to the same terminal as they come, or nothing is to be said */
export function startProgress(stream: NodeJS.WriteStream, isWanted: boolean): Progress {
  let next = performance.now() + INTERVAL;
  let isShown = false;
  return {
    tell(text) {
      if (!isWanted || !stream.isTTY || performance.now() < next) return;
      stream.write(`\r${text()}\u001b[K`);
      isShown = true;
      next = performance.now() + INTERVAL;
    },
    done() {
      if (isShown) stream.write('\r\u001b[K');
    },
  };
}
