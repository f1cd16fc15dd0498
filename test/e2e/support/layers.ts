import { writeFileSync } from "node:fs";

const LAYERS = 12;
const ROWS = 24;
const NEURONS = 40;

/** The layer of {@link writeLayers} in which him varies much more than her along one direction. */
export const plantedLayer = 7;

/**
 * Writes a safetensors file with him and her at twelve layers: noise, but for {@link plantedLayer}, where it is planted.
 * @param random uniform in [0, 1)
 */
export function writeLayers(path: string, random: () => number, planted: number | undefined): void {
  // Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const entries: Record<string, unknown> = {};
  const data: Buffer[] = [];
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
      data.push(Buffer.from(values.buffer));
    }
  }
  const header = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(path, Buffer.concat([length, header, ...data]));
}
