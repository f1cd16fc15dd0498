import { writeFileSync } from "node:fs";
import { safetensorsBytes } from "../../support/fileBytes.ts";
import { seededNormal } from "../../support/random.ts";

const LAYERS = 12;
const ROWS = 24;
const NEURONS = 40;

/** The layer of {@link writeLayers} in which him varies much more than her along one direction. */
export const plantedLayer = 7;

/** Writes a safetensors file with him and her at twelve layers: noise, but for the layer where it is planted. */
export function writeLayers(path: string, seed: number, planted: number | undefined): void {
  const normal = seededNormal(seed);
  const entries: Record<string, unknown> = {};
  const data: Uint8Array[] = [];
  const byteLength = 4 * ROWS * NEURONS;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    for (const name of ["him", "her"]) {
      const values = Float32Array.from({ length: ROWS * NEURONS }, normal);
      if (layer === planted && name === "him") {
        for (let row = 0; row < ROWS; row += 1) values[row * NEURONS + 5] *= Math.sqrt(40);
      }
      const start = data.length * byteLength;
      entries[`blocks.${layer}.mlp.${name}`] = {
        dtype: "F32",
        shape: [ROWS, NEURONS],
        data_offsets: [start, start + byteLength],
      };
      data.push(new Uint8Array(values.buffer));
    }
  }
  writeFileSync(path, safetensorsBytes(entries, ...data));
}
