import { isModelled, tables, type KernelVersion } from 'kfunc-registry/browser';
import { judgeFiles } from './judge-files.ts';
import type { WorkerReply, WorkerRequest } from './protocol.ts';

// The engine runs here, beside the page, which stays able to answer; a program may take seconds.
self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  answer(data)
    .catch((error: unknown): WorkerReply => {
      const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { answer: 'failure', failure };
    })
    .then((reply) => {
      self.postMessage(reply);
    }, reportError);
});

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  switch (request.ask) {
    case 'kernels': {
      const kernels = Object.keys(tables).filter((version): version is KernelVersion => isModelled(version));
      return { answer: 'kernels', kernels };
    }
    case 'verdicts':
      return { answer: 'verdicts', ...(await judgeFiles(request)) };
  }
}
