const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals that would end the process, held back until they may. */
export interface HeldSignals {
  /** The signal that came, as far as it was seen: signals are seen when the event loop turns. */
  readonly caught: () => NodeJS.Signals | undefined;
  /** Lets signals through again, and raises the one that came. */
  readonly release: () => Promise<void>;
}

/** Holds back SIGINT, SIGTERM and SIGHUP. */
export function holdSignals(): HeldSignals {
  let caught: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    caught ??= signal;
  };
  SIGNALS.forEach((signal) => process.on(signal, hold));
  return {
    caught: () => caught,
    release: async () => {
      await eventLoopTurn();
      SIGNALS.forEach((signal) => process.off(signal, hold));
      if (caught !== undefined) {
        process.kill(process.pid, caught);
        await eventLoopTurn();
      }
    },
  };
}

/** Lets the event loop turn once, so that signals are seen. */
export async function eventLoopTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
