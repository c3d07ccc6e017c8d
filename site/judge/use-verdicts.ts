import { useEffect, useState } from 'preact/hooks';
import { askVerdicts } from './ask-judge.ts';
import type { JudgeReply, JudgeRequest } from './protocol.ts';

/** How far the judging has come. */
export type Verdicts =
  | { readonly state: 'nothing-asked' }
  | { readonly state: 'running'; readonly stop: () => void }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'done'; readonly reply: JudgeReply };

/** Asks for verdicts whenever the request is another one, and gives up the one before. */
export function useVerdicts(request: JudgeRequest | undefined): Verdicts {
  const [verdicts, setVerdicts] = useState<Verdicts>({ state: 'nothing-asked' });
  useEffect(() => {
    if (request === undefined) {
      setVerdicts({ state: 'nothing-asked' });
      return undefined;
    }
    const controller = new AbortController();
    let isWanted = true;
    const stop = (): void => {
      controller.abort();
      setVerdicts({ state: 'stopped' });
    };
    setVerdicts({ state: 'running', stop });
    askVerdicts(request, controller.signal).then(
      (reply) => {
        if (isWanted) setVerdicts({ state: 'done', reply });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (isWanted && !controller.signal.aborted) setVerdicts({ state: 'failed', message });
      },
    );
    return () => {
      isWanted = false;
      controller.abort();
    };
  }, [request]);
  return verdicts;
}
