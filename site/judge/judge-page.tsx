import type { KernelVersion } from 'kfunc-registry/browser';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { goTo, replaceRoute } from '../routing/use-route.ts';
import type { PageProps } from '../shell/pages.ts';
import { askKernels } from './ask-judge.ts';
import { FileChoice } from './file-choice.tsx';
import './judge.css';
import { judgeRoute, judgeStateOf, type JudgeState } from './judge-state.ts';
import { ProgramList } from './program-list.tsx';
import { ProgramView } from './program-view.tsx';
import type { GivenFile, JudgeReply, JudgeRequest } from './protocol.ts';
import { fetchSampleObject, fetchSmallBtf, SMALL_BTF_KERNEL } from './samples.ts';
import { useVerdicts, type Verdicts } from './use-verdicts.ts';

/** The page that judges programs: files in, the verdict and the walk out. */
export function JudgePage({ route }: PageProps): JSX.Element {
  const state = judgeStateOf(route);
  const [kernels, setKernels] = useState<readonly KernelVersion[]>([]);
  const [kernelFiles, setKernelFiles] = useState<readonly GivenFile[]>([]);
  const [programFiles, setProgramFiles] = useState<readonly GivenFile[]>([]);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const fail = (error: unknown): void => {
    setFailure(error instanceof Error ? error.message : String(error));
  };
  useEffect(() => {
    const controller = new AbortController();
    askKernels(controller.signal).then(setKernels, (error: unknown) => {
      if (!controller.signal.aborted) fail(error);
    });
    return () => {
      controller.abort();
    };
  }, []);
  useEffect(() => {
    if (!state.isSample) return;
    Promise.all([fetchSampleObject(), fetchSmallBtf()]).then(([object, btf]) => {
      setProgramFiles([object]);
      setKernelFiles([btf]);
    }, fail);
  }, [state.isSample]);
  const kernel = kernels.find((each) => each === (state.kernel ?? SMALL_BTF_KERNEL));
  const request = useMemo(
    (): JudgeRequest | undefined =>
      kernel === undefined || kernelFiles.length === 0 || programFiles.length === 0
        ? undefined
        : { kernel, kernelFiles, programFiles },
    [kernel, kernelFiles, programFiles],
  );
  const verdicts = useVerdicts(request);
  const go = (change: Partial<JudgeState>): void => {
    goTo(judgeRoute({ ...state, ...change }));
  };
  const takePrograms = (files: readonly GivenFile[]): void => {
    setProgramFiles(files);
    go({ isSample: false, program: 0, step: undefined });
  };
  return (
    <div class="judge">
      <h1>Judge a program</h1>
      <p>
        What a kernel’s verifier says of a BPF program, and the way there. The engine runs in this browser; files are
        sent nowhere. The <a href="#/judge?sample=conntrack">sample</a> shows what comes out.
      </p>
      <div class="inputs">
        <div class="drop">
          <label>
            <span class="drop-label">Kernel</span>
            <span class="quiet">The versions whose verifier is modelled</span>
            <select
              value={kernel ?? ''}
              onChange={(event) => {
                go({ kernel: event.currentTarget.value, step: undefined });
              }}
            >
              {kernels.map((version) => (
                <option key={version}>{version}</option>
              ))}
            </select>
          </label>
        </div>
        <FileChoice
          label="BTF of the kernel"
          hint="/sys/kernel/btf/vmlinux or a vmlinux, with those of modules"
          accept=""
          files={kernelFiles}
          onFiles={setKernelFiles}
        >
          <button
            type="button"
            onClick={() => {
              fetchSmallBtf().then((btf) => {
                setKernelFiles([btf]);
                go({ kernel: SMALL_BTF_KERNEL, step: undefined });
              }, fail);
            }}
          >
            Take a small one of {SMALL_BTF_KERNEL}
          </button>
        </FileChoice>
        <FileChoice
          label="Programs"
          hint="Objects (.bpf.o), or raw programs (.json, .jsonl, with their .btf)"
          accept=".o,.json,.jsonl,.ndjson,.btf"
          files={programFiles}
          onFiles={takePrograms}
        />
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <Outcome verdicts={verdicts} state={state} onChange={go} />
    </div>
  );
}

interface OutcomeProps {
  readonly verdicts: Verdicts;
  readonly state: JudgeState;
  readonly onChange: (change: Partial<JudgeState>) => void;
}

function Outcome({ verdicts, state, onChange }: OutcomeProps): JSX.Element | null {
  switch (verdicts.state) {
    case 'nothing-asked':
      return null;
    case 'running':
      return (
        <p role="status">
          Judging …{' '}
          <button type="button" onClick={verdicts.stop}>
            Stop
          </button>
        </p>
      );
    case 'stopped':
      return <p role="status">Stopped. Choose a kernel or files again to go on.</p>;
    case 'failed':
      return (
        <div role="alert">
          <p>This is a defect of the judge, not of your files. Please report it with the program and this text:</p>
          <pre>{verdicts.message}</pre>
        </div>
      );
    case 'done':
      return <Reply reply={verdicts.reply} state={state} onChange={onChange} />;
  }
}

interface ReplyProps {
  readonly reply: JudgeReply;
  readonly state: JudgeState;
  readonly onChange: (change: Partial<JudgeState>) => void;
}

function Reply({ reply: { programs, unreadable, notes }, state, onChange }: ReplyProps): JSX.Element {
  const shown = programs[Math.min(state.program, programs.length - 1)];
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="note" role="status">
          {note}
        </p>
      ))}
      {unreadable.map(({ file, message }) => (
        <p key={file} class="note" role="alert">
          <code>{file}</code>: {message}
        </p>
      ))}
      {programs.length > 0 && (
        <ProgramList
          programs={programs}
          shown={shown}
          onShow={(program) => {
            onChange({ program, step: undefined });
          }}
        />
      )}
      {shown !== undefined && (
        <ProgramView
          report={shown}
          step={state.step}
          listing={state.listing}
          onStep={(step) => {
            // Steps are many: they don't fill the history.
            replaceRoute(judgeRoute({ ...state, step }));
          }}
          onListing={(listing) => {
            onChange({ listing });
          }}
        />
      )}
    </>
  );
}
