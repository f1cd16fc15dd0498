import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../editor/paths.mjs";
import { seededNormal } from "../../support/random.ts";

const NEURONS = 24;
const ROWS = { him: 400, her: 380 } as const;

/** The neuron along which him varies much more than her in layer 6; layer 5 is noise. */
export const plantedNeuron = 3;

/** How many rows of each condition `sampled.moments.safetensors` keeps. */
export const keptRows = 40;

/**
 * Writes `layer5.moments.safetensors` and `layer6.moments.safetensors` by the built command line, with 5 folds and 20
 * groups, and `sampled.moments.safetensors`, which is layer 6 with some of its rows; their tables, with sentences, lie beside the
 * folder.
 */
export function writeMomentsFiles(folder: string): void {
  const rows = `${folder}-rows`;
  mkdirSync(rows);
  const normal = seededNormal(31);
  const heading = ["sentence", ...Array.from({ length: NEURONS }, (_, j) => `n${j}`)].join(",");
  for (const layer of [5, 6]) {
    const sources = (["him", "her"] as const).map((name) => {
      const lines = Array.from({ length: ROWS[name] }, (_, row) => {
        const values = Array.from({ length: NEURONS }, (_, neuron) => {
          const isPlanted = layer === 6 && name === "him" && neuron === plantedNeuron;
          return 1 + 0.9 ** neuron * (isPlanted ? 4 : 1) * normal();
        });
        return [`I saw ${name} at ${row}.`, ...values.map((value) => value.toFixed(6))].join(",");
      });
      const path = join(rows, `layer${layer}_${name}.csv`);
      writeFileSync(path, `${[heading, ...lines].join("\n")}\n`);
      return `${name}=${path}`;
    });
    const sum = (name: string, ...more: readonly string[]) => {
      const out = ["--out", join(folder, `${name}.moments.safetensors`)];
      const choices = ["--folds", "5", "--groups", "20", ...more, ...out];
      const words = [join(root, "dist/cli.js"), "moments", ...sources, ...choices];
      execFileSync(process.execPath, words, { stdio: "pipe" });
    };
    sum(`layer${layer}`);
    if (layer === 6) sum("sampled", "--reservoir", String(keptRows));
  }
}
