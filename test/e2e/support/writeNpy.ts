import { writeFileSync } from "node:fs";
import { npyBytes } from "../../support/fileBytes.ts";

/** Writes `[rows, columns]` float32 values as a NumPy file, version 1.0. */
export function writeNpy(path: string, values: Float32Array, rows: number): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writeFileSync(path, npyBytes([rows, values.length / rows], bytes, "<f4"));
}
