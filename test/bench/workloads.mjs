// What is measured. Limits are the most that the ratio Eigenlens / peer may be.

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {"run" | "eigen"} kind
 * @property {string} title
 * @property {string[]} [data] two files, or what `peers.py draw` is told: rows, columns, spectrum, type, contrast
 * @property {string[]} [peers]
 * @property {Record<string, number>} [limits] by peer
 * @property {number} [memoryLimit] megabytes
 * @property {string[]} [options] of `eigenlens run`
 * @property {string[]} [task] of eigenRun.ts
 * @property {number} [order] of the peer's eigh
 * @property {number} [latencyLimit] most seconds at the 95th percentile
 */

/** @type {Workload[]} */
export const workloads = [
  {
    name: "him-her",
    kind: "run",
    title: "2 x 53 x 3072, him and her",
    data: ["samples/him.npy", "samples/her.npy"],
    peers: ["svd", "literal", "literal-best", "sklearn", "sklearn-best"],
    limits: { svd: 1, literal: 0.05, sklearn: 0.2 },
    memoryLimit: 150,
  },
  {
    name: "decaying-2000",
    kind: "run",
    title: "2 x 2,000 x 3072, decaying",
    data: ["2000", "3072", "decaying", "float32"],
    peers: ["literal", "literal-best", "sklearn", "sklearn-best", "mne"],
    limits: { literal: 0.4, sklearn: 0.2 },
  },
  {
    name: "low-contrast-2000",
    kind: "run",
    title: "2 x 2,000 x 3072, decaying, low contrast",
    data: ["2000", "3072", "decaying", "float32", "1.1"],
    peers: ["literal", "literal-best", "sklearn-best"],
    limits: { literal: 0.4, "sklearn-best": 1 },
  },
  {
    name: "decaying-10000",
    kind: "run",
    title: "2 x 10,000 x 3072, decaying",
    data: ["10000", "3072", "decaying", "float32"],
    peers: ["literal", "literal-best", "sklearn", "sklearn-best"],
    limits: { literal: 0.6, sklearn: 0.4 },
    memoryLimit: 600,
  },
  {
    name: "flat-10000",
    kind: "run",
    title: "2 x 10,000 x 3072, flat",
    data: ["10000", "3072", "flat", "float32"],
    peers: ["literal", "literal-best", "sklearn", "sklearn-best"],
    limits: { literal: 1, sklearn: 0.8 },
    memoryLimit: 900,
  },
  {
    name: "tokens-50000",
    kind: "run",
    title: "2 x 50,000 x 4096, float16 from disk",
    data: ["50000", "4096", "decaying", "float16"],
    peers: ["literal"],
    limits: { literal: 0.6 },
    memoryLimit: 1000,
  },
  {
    name: "wide-500",
    kind: "run",
    title: "2 x 500 x 14,336",
    data: ["500", "14336", "decaying", "float32"],
    peers: ["sklearn"],
    limits: { sklearn: 0.5 },
    memoryLimit: 600,
  },
  {
    name: "eigen-full",
    kind: "eigen",
    title: "symmetric eigensolver, full, n = 3072",
    task: ["full", "3072"],
    order: 3072,
    limits: { eigh: 1.5 },
  },
  {
    name: "eigen-full-1024",
    kind: "eigen",
    title: "symmetric eigensolver, full, n = 1024",
    task: ["full", "1024", "3"],
    order: 1024,
    limits: { eigh: 1.5 },
  },
  {
    name: "eigen-partial",
    kind: "eigen",
    title: "partial, top 300 of 3072 at 1e-10",
    task: ["partial", "3072"],
    order: 3072,
    limits: { eigh: 0.4 },
  },
  {
    name: "eigen-resolve-74",
    kind: "eigen",
    title: "GED re-solve, k = 74",
    task: ["resolve", "74", "200"],
    latencyLimit: 0.016,
  },
  {
    name: "eigen-resolve-500",
    kind: "eigen",
    title: "GED re-solve, k = 500",
    task: ["resolve", "500", "30"],
    latencyLimit: 0.15,
  },
];
