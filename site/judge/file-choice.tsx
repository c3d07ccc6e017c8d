import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { GivenFile } from './protocol.ts';

interface FileChoiceProps {
  readonly label: string;
  /** What belongs here. */
  readonly hint: string;
  /** As the attribute of an input has it; empty: files of any name. */
  readonly accept: string;
  readonly files: readonly GivenFile[];
  readonly onFiles: (files: readonly GivenFile[]) => void;
  readonly children?: JSX.Element | undefined;
}

/** A place to drop files on, or to choose them; they are read here and sent nowhere. */
export function FileChoice({ label, hint, accept, files, onFiles, children }: FileChoiceProps): JSX.Element {
  const [isOver, setIsOver] = useState(false);
  const take = (list: FileList | null | undefined): void => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0) void Promise.all(chosen.map(readFile)).then(onFiles);
  };
  return (
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <label>
        <span class="drop-label">{label}</span>
        <span class="quiet">{hint}</span>
        <input
          type="file"
          multiple
          accept={accept}
          onChange={(event) => {
            take(event.currentTarget.files);
          }}
        />
      </label>
      {children}
      {files.length > 0 && (
        <ul class="files">
          {files.map(({ name, bytes }) => (
            <li key={name}>
              <code>{name}</code> <span class="quiet">{sizeText(bytes.length)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

async function readFile(file: File): Promise<GivenFile> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${String(bytes)} bytes` : `${(bytes / 1024).toFixed(bytes < 102_400 ? 1 : 0)} KiB`;
}
