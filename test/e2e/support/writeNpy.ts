import { writeFileSync } from "node:fs";

/** Writes `[rows, columns]` float32 values as a NumPy file, version 1.0. */
export function writeNpy(path: string, values: Float32Array, rows: number): void {
  const shape = `(${rows}, ${values.length / rows})`;
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  const header = description.padEnd(118 - 1) + "\n";
  const prefix = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0]);
  writeFileSync(path, Buffer.concat([prefix, Buffer.from(header), Buffer.from(values.buffer)]));
}
