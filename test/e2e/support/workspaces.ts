import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { root } from "../../editor/paths.mjs";
import { writeCaptures, writeManyFiles } from "./captures.ts";
import { writeLabels } from "./labels.ts";
import { writeModel } from "./model.ts";
import { writeMomentsFiles } from "./momentsFiles.ts";
import { plantedLayer, writeLayers } from "./layers.ts";
import { writeTraps } from "./traps.ts";
import { writeNpy } from "./writeNpy.ts";
import { safetensorsBytes } from "../../support/fileBytes.ts";
import { seededNormal } from "../../support/random.ts";

/** The folders that tests open. */
export interface Workspaces {
  /** A copy of the project's samples: him.npy, her.npy, sentences.json. */
  readonly samples: string;
  /** `both.safetensors`, which holds the samples as the tensors `him` and `her`. */
  readonly container: string;
  /**
   * `nan.npy`, with two values that are not finite, beside a sound `sound.npy`; `turned_him.npy` and `turned_her.npy`,
   * [neurons, rows].
   */
  readonly broken: string;
  /** Run documents: `whole.ged.safetensors`, and the same one cut short, and of a newer format. */
  readonly documents: string;
  /** `target.npy` and `reference.npy`, large enough that a run can be cancelled. */
  readonly large: string;
  readonly empty: string;
  /**
   * Files whose names of entries and tensors VS Code would obey: `link.npz` holds an entry that reads as a link
   * to a command, `tensors.safetensors` the samples as tensors and `labels.csv` rows that are called
   * {@link hostileNames}.
   */
  readonly hostile: string;
  /** A copy of the samples, and `narrow_him.npy` and `narrow_her.npy` with 16 columns. */
  readonly transfer: string;
  /**
   * Each thing twice, for a choice and its repetition: the samples as `layer6_him.npy` and `layer6_her.npy`
   * and again as layer 7, containers `first.safetensors` and `second.safetensors`, tables `first.csv` and
   * `second.csv` with a column `condition` and one `sentence`.
   */
  readonly repeat: string;
  /** Rows that only seem to hold a direction, and validated run documents of them: {@link writeTraps}. */
  readonly traps: string;
  /** `noise_him.npy` and `noise_her.npy`, alike in every neuron. */
  readonly noise: string;
  /** `model.safetensors` and `noise.safetensors` with twelve layers, and `both.safetensors` with one. */
  readonly layers: string;
  /** Tables with a column of labels: {@link writeLabels}. */
  readonly labels: string;
  /** Folders as capture tools write them: {@link writeCaptures}. */
  readonly captures: string;
  /** A copy of the samples with their provenance, and weights of a model: {@link writeModel}. */
  readonly steering: string;
  /** A copy of the samples, which say nothing of where they came from. */
  readonly undescribed: string;
  /** Moments documents of two layers: {@link writeMomentsFiles}. */
  readonly moments: string;
  /** `many`, a folder of 20,000 files that nothing says belong together. */
  readonly full: string;
}

/** Names that would be an icon and a link, and turn the reading direction. */
export const hostileNames = [
  "$(alert) warm",
  "[cold](command:workbench.action.terminal.new)\u202e",
];
/** The same as the editor shows them. */
export const harmlessNames = [
  "$ (alert) warm",
  "[cold] (command:workbench.action.terminal.new)\\u202e",
];

const LARGE = { rows: 6000, columns: 3072 };

/** @param parent an existing folder */
export function makeWorkspaces(parent: string): Workspaces {
  const folder = (name: string) => {
    const path = join(parent, name);
    mkdirSync(path);
    return path;
  };
  const workspaces: Workspaces = {
    samples: join(parent, "samples"),
    container: folder("container"),
    broken: folder("broken"),
    documents: folder("documents"),
    large: folder("large"),
    empty: folder("empty"),
    hostile: folder("hostile"),
    transfer: folder("transfer"),
    repeat: folder("repeat"),
    traps: folder("traps"),
    noise: folder("noise"),
    layers: folder("layers"),
    labels: folder("labels"),
    captures: folder("captures"),
    steering: join(parent, "steering"),
    undescribed: join(parent, "undescribed"),
    moments: folder("moments"),
    full: folder("full"),
  };
  cpSync(join(root, "samples"), workspaces.samples, { recursive: true });
  cpSync(join(root, "samples"), workspaces.steering, { recursive: true });
  writeModel(workspaces.steering);
  cpSync(join(root, "samples"), workspaces.undescribed, { recursive: true });

  writeSafetensors(join(workspaces.container, "both.safetensors"), ["him", "her"]);

  const link = "[Fix it](command:workbench.action.terminal.new)";
  writeFileSync(join(workspaces.hostile, "link.npz"), zipSync({ [link]: strToU8("x") }));
  writeSafetensors(join(workspaces.hostile, "tensors.safetensors"), ["him", "her"], hostileNames);

  const random = uniform(20);
  writeTable(join(workspaces.hostile, "labels.csv"), random, hostileNames);
  const sound = Float32Array.from({ length: 10 * 16 }, random);
  const broken = sound.slice();
  broken[3 * 16 + 5] = NaN;
  broken[7 * 16 + 2] = Infinity;
  writeNpy(join(workspaces.broken, "sound.npy"), sound, 10);
  writeNpy(join(workspaces.broken, "nan.npy"), broken, 10);
  const normal = seededNormal(7);
  for (const [name, rows] of [
    ["him", 14],
    ["her", 15],
  ] as const) {
    const turned = Float32Array.from({ length: 40 * rows }, normal);
    writeNpy(join(workspaces.broken, `turned_${name}.npy`), turned, 40);
  }

  const document = readFileSync(
    join(root, "test/unit/runs/data/format1_validated.ged.safetensors"),
  );
  const keep = (name: string, bytes: Uint8Array) =>
    writeFileSync(join(workspaces.documents, `${name}.ged.safetensors`), bytes);
  keep("whole", document);
  keep("cut", document.subarray(0, -2_000));
  keep("newer", Buffer.from(document.toString("latin1").replace("0.1.0", "9.1.0"), "latin1"));

  cpSync(join(root, "samples", "sentences.json"), join(workspaces.transfer, "sentences.json"));
  for (const name of ["him", "her"]) {
    const sample = join(root, "samples", `${name}.npy`);
    cpSync(sample, join(workspaces.transfer, `${name}.npy`));
    const narrow = Float32Array.from({ length: 10 * 16 }, random);
    writeNpy(join(workspaces.transfer, `narrow_${name}.npy`), narrow, 10);
    for (const layer of ["layer6", "layer7"]) {
      cpSync(sample, join(workspaces.repeat, `${layer}_${name}.npy`));
    }
  }
  for (const name of ["first", "second"]) {
    writeSafetensors(join(workspaces.repeat, `${name}.safetensors`), ["him", "her"]);
    writeTable(join(workspaces.repeat, `${name}.csv`), random);
  }

  const equal = seededNormal(12);
  for (const name of ["him", "her"]) {
    const values = Float32Array.from({ length: 40 * 120 }, equal);
    writeNpy(join(workspaces.noise, `noise_${name}.npy`), values, 40);
  }

  writeTraps(workspaces.traps, uniform(7));
  writeLayers(join(workspaces.layers, "model.safetensors"), 3, plantedLayer);
  writeLayers(join(workspaces.layers, "noise.safetensors"), 4, undefined);
  writeSafetensors(join(workspaces.layers, "both.safetensors"), ["him", "her"]);

  writeLabels(workspaces.labels);
  writeMomentsFiles(workspaces.moments);

  writeCaptures(workspaces.captures, uniform(11));
  mkdirSync(join(workspaces.full, "many"));
  writeManyFiles(join(workspaces.full, "many"), 10_000);

  const length = LARGE.rows * LARGE.columns;
  for (const name of ["target", "reference"]) {
    const values = Float32Array.from({ length }, random);
    writeNpy(join(workspaces.large, `${name}.npy`), values, LARGE.rows);
  }
  return workspaces;
}

/** Uniform numbers in [0, 1): a linear congruential generator (Numerical Recipes), seeded. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Writes 40 rows of six numbers, every other of the first condition. */
function writeTable(path: string, random: () => number, conditions = ["him", "her"]): void {
  const lines = Array.from({ length: 40 }, (_, row) => {
    const condition = conditions[row % 2];
    const numbers = Array.from({ length: 6 }, () => random().toFixed(6));
    return [condition, `I saw ${condition}.`, ...numbers].join(",");
  });
  const heading = "condition,sentence,n0,n1,n2,n3,n4,n5";
  writeFileSync(path, `${[heading, ...lines].join("\n")}\n`);
}

/** Writes sample files as the float32 tensors of one safetensors file. @param tensors what they are called */
function writeSafetensors(path: string, names: readonly string[], tensors = names): void {
  const shape = [53, 3072];
  const byteLength = 4 * 53 * 3072;
  // The values are what follows the NumPy header.
  const data = names.map((name) =>
    readFileSync(join(root, "samples", `${name}.npy`)).subarray(-byteLength),
  );
  const entries = tensors.map((name, i) => {
    const offsets = [i * byteLength, (i + 1) * byteLength];
    return [name, { dtype: "F32", shape, data_offsets: offsets }];
  });
  writeFileSync(path, safetensorsBytes(Object.fromEntries(entries), ...data));
}
