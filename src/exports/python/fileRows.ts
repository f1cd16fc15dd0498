/** Numbers of the rows in the file's tensor that make up each condition, ascending. */
export interface FileRows {
  readonly target: Uint32Array;
  readonly reference: Uint32Array;
}
