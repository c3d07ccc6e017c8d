import type { KernelVersion } from 'kfunc-registry/browser';
import type { JudgeReply, JudgeRequest, WorkerReply, WorkerRequest } from './protocol.ts';

/** The kernels that can judge, oldest first. */
export async function askKernels(signal: AbortSignal): Promise<readonly KernelVersion[]> {
  const reply = await askWorker({ ask: 'kernels' }, signal);
  return reply.answer === 'kernels' ? reply.kernels : [];
}

/**
 * The verdicts on programs.
 *
 * @throws Error with the text of what went wrong in the engine: a defect of ours; AbortError if it was given up
 */
export async function askVerdicts(request: JudgeRequest, signal: AbortSignal): Promise<JudgeReply> {
  const reply = await askWorker({ ask: 'verdicts', ...request }, signal);
  if (reply.answer !== 'verdicts') throw new Error('the worker answers something else');
  return reply;
}

/** Asks a worker of its own, and ends it when it has answered, or nobody waits any more. */
function askWorker(request: WorkerRequest, signal: AbortSignal): Promise<WorkerReply> {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<WorkerReply>((resolve, reject) => {
    const giveUp = (): void => {
      reject(new DOMException('given up', 'AbortError'));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
      if (data.answer === 'failure') reject(new Error(data.failure));
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
