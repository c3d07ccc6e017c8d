import { judgeFiles } from './judge-files.ts';
import type { JudgeFailure, JudgeReply, JudgeRequest } from './protocol.ts';

// The engine runs here, beside the page, which stays able to answer; a program may take seconds.
self.addEventListener('message', ({ data }: MessageEvent<JudgeRequest>) => {
  judgeFiles(data).then(
    (reply: JudgeReply) => {
      self.postMessage(reply);
    },
    (error: unknown) => {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const failure: JudgeFailure = { failure: what };
      self.postMessage(failure);
    },
  );
});
