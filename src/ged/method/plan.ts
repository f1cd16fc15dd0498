import { availableParallelism } from "node:os";
import { EigenlensError } from "../../errors.ts";
import {
  defaultAccelerator,
  defaultEngine,
  engineTraits,
  type EngineName,
} from "../../linalg/engines/engineNames.ts";
import { thisMemory, type Memory } from "../../machine/memory.ts";
import { measureSpeed, type Speed } from "../../linalg/measureSpeed.ts";
import type { Products } from "../../linalg/products.ts";
import type { GedOptions, Route } from "./options.ts";

/** What the planner decided about one run, and why. */
export interface Plan {
  readonly route: Route;
  readonly engine: EngineName;
  readonly precision: "double" | "single";
  readonly threads: number;
  /** Expected peak of the run's own memory. */
  readonly bytes: number;
  /** Expected seconds of computing, reading apart. */
  readonly seconds: number;
  readonly reason: string;
  /** One line each, for the user. */
  readonly warnings: readonly string[];
}

/** What a run may use. */
export interface Machine {
  readonly memory: Memory;
  readonly cores: number;
}

/** The size of a run. */
export interface RunShape {
  readonly targetRows: number;
  readonly referenceRows: number;
  /** D */
  readonly columns: number;
  /** Whether float32 holds every stored value of both conditions; no where omitted. */
  readonly fitsSingle?: boolean;
}

/**
 * Chooses route, engine, precision and threads from the shape and type of the data alone.
 *
 * Costs in multiply-adds, N = nA + nB: the Gram route N^2 D / 2 + 3 N^3, the covariance route
 * N D^2 / 2 + 3 D^3; so the shorter side is the one to decompose. Memory: the Gram route holds the rows
 * once and three N x N matrices; the covariance route S, R, C and the eigenvectors. A run is refused if the machine or
 * container could not hold it with everything else ended, and warned of if it takes more than what is free now.
 * @throws EigenlensError "memory" if the run would not fit, with the figures and what to do
 */
export function planRun(
  shape: RunShape,
  options: GedOptions,
  machine: Machine = { memory: thisMemory(), cores: availableParallelism() },
): Plan {
  const n = shape.targetRows + shape.referenceRows;
  const d = shape.columns;
  const { route, reason } = chooseRoute(n, d, options);
  const precision = choosePrecision(route, shape, options);
  const bytes = expectedBytes(route, n, d);
  const warnings = memoryWarnings(bytes, machine.memory, `${n} rows, ${d} neurons, ${route} route`);
  const side = Math.min(n, d);
  const accelerated = route === "covariance" && n * d * d > worthAccelerating;
  return {
    route,
    engine:
      options.engine === "auto"
        ? accelerated
          ? defaultAccelerator
          : defaultEngine
        : options.engine,
    precision: precision.precision,
    threads: side >= 256 ? machine.cores : 1,
    bytes,
    seconds: expectedSeconds({ route, precision: precision.precision }, shape, assumedSpeed),
    reason: `${reason}${precision.reason}`,
    warnings,
  };
}

/**
 * The plan of a run from moments: there is no row to choose another route for, and sums are float64.
 * @param columns D
 * @throws EigenlensError "usage" for a route through rows; "memory" as {@link planRun}
 */
export function planMoments(
  columns: number,
  options: Pick<GedOptions, "route" | "engine">,
  machine: Machine = { memory: thisMemory(), cores: availableParallelism() },
): Plan {
  if (options.route === "gram" || options.route === "krylov") {
    throw new EigenlensError(
      "usage",
      `The ${options.route} route needs rows, and moments have none: choose the covariance route or leave it open.`,
    );
  }
  const bytes = expectedBytes("covariance", 0, columns);
  return {
    route: "covariance",
    engine: options.engine === "script" ? "script" : "wasm",
    precision: "double",
    threads: columns >= 256 ? machine.cores : 1,
    bytes,
    seconds: decompositionSeconds(columns, assumedSpeed),
    reason: `from moments, which hold no rows, so the ${columns} x ${columns} covariance is decomposed`,
    warnings: memoryWarnings(bytes, machine.memory, `${columns} neurons, from moments`),
  };
}

/** The share of the memory beyond which the rest of the program and the system would have too little. */
const mostOfMemory = 0.9;

function memoryWarnings(bytes: number, { limit, free }: Memory, size: string): string[] {
  if (bytes > mostOfMemory * limit) {
    throw new EigenlensError(
      "memory",
      `This run needs about ${gigabytes(bytes)} of memory, and there are ${gigabytes(limit)} ` +
        `here in all (${size}): choose fewer rows, or a machine or container with more memory.`,
    );
  }
  if (bytes <= mostOfMemory * free) return [];
  return [
    `Memory is tight: this run needs about ${gigabytes(bytes)} and ${gigabytes(free)} of ` +
      `${gigabytes(limit)} are free (${size}). Close other programs if it is slow.`,
  ];
}

/**
 * Single precision saves time where many rows are streamed; nothing else costs enough to save on. By
 * itself it is only taken where the file holds no more digits and the saving is seconds.
 */
function choosePrecision(
  route: Route,
  shape: RunShape,
  options: GedOptions,
): { readonly precision: "double" | "single"; readonly reason: string } {
  if (route !== "covariance" || options.precision === "double") {
    return { precision: "double", reason: "" };
  }
  if (options.precision === "single") return { precision: "single", reason: "" };
  const multiplications = (shape.targetRows + shape.referenceRows) * shape.columns ** 2;
  const isWorthIt = multiplications > worthSinglePrecision && shape.fitsSingle === true;
  if (!isWorthIt || !engineTraits(namedEngine(options)).isFastInSingle)
    return { precision: "double", reason: "" };
  return {
    precision: "single",
    reason:
      "; so many rows are multiplied in single precision, as they are stored, and summed in double",
  };
}

/** Multiply-adds from which on single precision saves seconds. */
const worthSinglePrecision = 1e11;

/** Below this order forming and decomposing a covariance takes a fraction of a second. */
const smallestKrylovOrder = 1024;
/** Beyond so many rows a neuron, forming the covariance costs less than searching without it. */
const mostRowsPerNeuron = 2;
/** Rows that may be held in the engine's memory. */
const mostHeldBytes = 2 ** 30;

function chooseRoute(
  n: number,
  d: number,
  options: GedOptions,
): { readonly route: Route; readonly reason: string } {
  if (options.route !== "auto") {
    return { route: options.route, reason: `the ${options.route} route was asked for` };
  }
  if (n < d) {
    return {
      route: "gram",
      reason: `${n} rows are fewer than ${d} neurons, so the ${n} x ${n} Gram matrix is decomposed`,
    };
  }
  const atLeast = `${n} rows are no fewer than ${d} neurons, so the ${d} x ${d} covariance is decomposed`;
  const { keep } = options;
  const wantsFew =
    "count" in keep ? keep.count <= d / 4 : keep.share < 1 && (keep.atMost ?? 0) <= d / 4;
  const fits = n <= mostRowsPerNeuron * d && 8 * n * d <= mostHeldBytes;
  const { holdsRows } = engineTraits(namedEngine(options));
  if (d >= smallestKrylovOrder && fits && wantsFew && holdsRows && options.precision !== "single") {
    return {
      route: "krylov",
      reason: `${atLeast} through products with the rows, which cost less than forming it`,
    };
  }
  return { route: "covariance", reason: atLeast };
}

/** The engine that is asked for, else the default one. */
function namedEngine({ engine }: GedOptions): EngineName {
  return engine === "auto" ? defaultEngine : engine;
}

function expectedBytes(route: Route, n: number, d: number): number {
  if (route === "gram") return 8 * (n * d + 5 * n * n) + 32 * 2 ** 20;
  if (route === "covariance") return 8 * 5 * d * d + 64 * 2 ** 20;
  return 8 * (n * d + d * d) + 64 * 2 ** 20;
}

/**
 * Multiply-adds from which on the accelerator, where there is one, wins: below, loading it takes longer
 * than it saves. Where there is none the default engine does the work.
 */
const worthAccelerating = 5e10;

/** Of one modest core. */
const assumedSpeed: Speed = { double: 4e9, single: 8e9, decomposition: 4e9 };
/** What is expected to take less is not worth measuring the engine for. */
const worthMeasuring = 1;

/** The plan with the seconds that are expected of the engine as it really started, on this machine as it is now. */
export function expectedOn(plan: Plan, shape: RunShape, products: Products): Plan {
  if (plan.seconds < worthMeasuring) return plan;
  return { ...plan, seconds: expectedSeconds(plan, shape, measureSpeed(products)) };
}

/**
 * Seconds of products and decompositions. How much of a spectrum is needed shows only in the data: what is expected is
 * near what a flat one takes, and up to three times what one that decays does.
 */
function expectedSeconds(
  { route, precision }: Pick<Plan, "route" | "precision">,
  { targetRows, referenceRows, columns: d }: RunShape,
  speed: Speed,
): number {
  const n = targetRows + referenceRows;
  if (route === "krylov") return (2 * n * d * (d / 4) + 2 * d * (d / 4) ** 2) / speed.double;
  const products = (route === "gram" ? n * n * d : n * d * d) / 2;
  const rate = route === "gram" ? speed.double : speed[precision];
  return products / rate + decompositionSeconds(Math.min(n, d), speed);
}

/** The speed is of a small decomposition; of the order of thousands they are about three times as quick. */
function decompositionSeconds(order: number, { decomposition }: Speed): number {
  return order ** 3 / decomposition;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toPrecision(2)} GB`;
}
