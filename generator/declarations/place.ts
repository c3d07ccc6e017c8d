import type { Path, SourceFile } from '../diagnostics/source-file.ts';

/** A value in a file that was read. */
export interface Place {
  readonly file: SourceFile;
  readonly path: Path;
}

/** The place of a value below another. */
export function below(place: Place, ...path: Path): Place {
  return { file: place.file, path: [...place.path, ...path] };
}
