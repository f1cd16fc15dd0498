import type { CaptureProvenance } from "../activations/captureProvenance.ts";

/** A variable of a notebook, from which a condition was taken. */
export interface NotebookOrigin {
  readonly notebook: string;
  readonly variable: string;
}

/** The variable of a notebook that a source was, whose values were kept in a file for a while; undefined for files. */
export function notebookOrigin(source: {
  readonly provenance?: CaptureProvenance;
}): NotebookOrigin | undefined {
  const { notebook, variable } = source.provenance ?? {};
  return notebook === undefined || variable === undefined ? undefined : { notebook, variable };
}
