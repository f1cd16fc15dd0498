import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { safetensorsBytes } from "../../support/fileBytes.ts";
import { seededNormal } from "../../support/random.ts";

/** Width of the samples. */
const width = 3072;

/** The tokens of {@link writeModel}, by their number; words begin with a space, as within a sentence. */
export const tokens = [
  "<eos>",
  ...["he", "him", "she", "her", "doctor", "nurse", "the"].map((word) => `\u0120${word}`),
  ...Array.from({ length: 40 }, (_, i) => `piece${String(i)}`),
];

/** W_U, [tokens, 3072], as it stands in `model.safetensors`. */
export function unembedding(): Float32Array {
  return Float32Array.from({ length: tokens.length * width }, seededNormal(16));
}

/**
 * Writes `model.safetensors` with an unembedding and two norms, a `tokenizer.json`, `narrow.safetensors` of another
 * width, and beside the samples where they would come from.
 */
export function writeModel(folder: string): void {
  const weights = unembedding();
  const norm = Float32Array.from({ length: width }, (_, j) => 1 + 0.5 * Math.sin(j));
  const write = (
    name: string,
    tensors: Record<string, [Float32Array, readonly number[]]>,
  ): void => {
    let end = 0;
    const entries = Object.entries(tensors).map(([tensor, [values, shape]]) => {
      const start = end;
      end += values.byteLength;
      return [tensor, { dtype: "F32", shape, data_offsets: [start, end] }];
    });
    const data = Object.values(tensors).map(([values]) => Buffer.from(values.buffer));
    writeFileSync(
      join(folder, `${name}.safetensors`),
      safetensorsBytes(Object.fromEntries(entries), ...data),
    );
  };
  write("model", {
    "lm_head.weight": [weights, [tokens.length, width]],
    "model.layers.0.input_layernorm.weight": [norm, [width]],
    "model.norm.weight": [norm, [width]],
  });
  write("narrow", { "lm_head.weight": [weights.slice(0, 48 * 16), [48, 16]] });
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const tokenizer = { model: { type: "BPE", vocab }, added_tokens: [] };
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
  for (const name of ["him", "her"]) {
    const capture = {
      ...{ model: "tiny", site: "model.layers.6", component: "residual", layer: "6" },
      token_rule: "last",
    };
    writeFileSync(join(folder, `${name}.capture.json`), JSON.stringify(capture));
  }
}
