import type { JudgeFailure, JudgeReply, JudgeRequest } from './protocol.ts';

/**
 * Asks a worker of its own for the verdicts, and ends it when it has answered, or nobody waits any more.
 *
 * @throws Error with the text of what went wrong in the engine: a defect of ours; AbortError if it was given up
 */
export function askJudge(request: JudgeRequest, signal: AbortSignal): Promise<JudgeReply> {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<JudgeReply>((resolve, reject) => {
    const giveUp = (): void => {
      reject(new DOMException('given up', 'AbortError'));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    worker.addEventListener('message', ({ data }: MessageEvent<JudgeReply | JudgeFailure>) => {
      if ('failure' in data) reject(new Error(data.failure));
      else resolve(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    });
    worker.postMessage(request);
  }).finally(() => {
    worker.terminate();
  });
}
