import type { TensorInfo } from "../activations/activationFile.ts";
import type { WordReading } from "../activations/elements/sixteenBits.ts";
import type { ConditionSource } from "../conditions/condition.ts";
import type { TensorDescription } from "../activations/describeTensor.ts";
import type { LayerPair } from "../conditions/naming/pairLayers.ts";
import type { ConditionProposal } from "../conditions/naming/proposeConditions.ts";
import type { TensorReading } from "../conditions/naming/tensorReading.ts";
import type { ErrorCode, ErrorDetail } from "../errors.ts";
import type { GedOptions } from "../ged/method/options.ts";
import type { ValidationOptions } from "../ged/validation/options.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { FileRows } from "../exports/python/fileRows.ts";
import type { RunComparison } from "../runs/compare/comparison.ts";
import type { RunDocument, RunRecord } from "../runs/runDocument.ts";
import type { RunTransfer } from "../runs/runTransfer.ts";
import type { TransferRequest } from "./transfer.ts";
import type { ClusterJob } from "./moments.ts";
import type { SweepRequest, SweptLayer, SweptLayers } from "./sweep.ts";
import type {
  ComparedPair,
  ComparedPairs,
  LabelColumn,
  LabelPairs,
  PairsRequest,
} from "./pairs.ts";
import type { NeuronRequest, NeuronValues } from "./neuronValues.ts";
import type { ProjectionRequest, RowProjections } from "./meanProjections.ts";
import type { Lens, LensRequest, SteeringResults } from "./steering.ts";
import type { ToolAnswer, ToolRequest } from "./tools.ts";
import type { DirectionName } from "./direction.ts";
import type { ComponentView, RunHeader, Solution, SolutionChoice } from "./views/runView.ts";

/** What a file's headers say; nothing of its data was read. */
export interface FileSummary {
  readonly path: string;
  readonly format: string;
  readonly byteLength: number;
  readonly tensors: readonly TensorInfo[];
}

export interface RunRequest {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
  readonly options: GedOptions;
}

/** A loaded document: what never changes, and the solution that it was made with. */
export interface LoadedRun {
  readonly header: RunHeader;
  readonly solution: Solution;
  /** That of {@link solution}. */
  readonly validation: ValidationReport | null;
}

/** All that a solution depends on: the worker remembers no choice of anyone's. */
export interface SolutionRequest {
  readonly run: string;
  readonly solution: SolutionChoice;
}

export interface ComponentRequest extends SolutionRequest {
  readonly direction: DirectionName;
  /** From 0. */
  readonly index: number;
}

/** An answer about a loaded run, or that the worker does not hold it (any more). */
export type OfLoaded<Answer> =
  { readonly kind: "answer"; readonly answer: Answer } | { readonly kind: "notLoaded" };

/** Where a long computation stands. */
export interface Progress {
  /** The step's name as the user reads it: "Reading him.npy", "Eigenvalues of the average covariance". */
  readonly step: string;
  /** 0..1 over the whole run; undefined if it cannot be known. */
  readonly fraction?: number;
  /** An honest estimate, once there is one. */
  readonly secondsLeft?: number;
  /** What is known of a validation so far. */
  readonly partial?: ValidationReport;
  /** The layers that a sweep has done so far. */
  readonly layers?: readonly SweptLayer[];
  /** The pairs of labels that were compared so far. */
  readonly pairs?: readonly ComparedPair[];
}

/** Every call that the host can make of the engine's worker; results are structured-cloneable. */
export interface EngineMethods {
  inspect(argument: {
    readonly path: string;
    /** Of tensors that leave something open. */
    readonly readings?: readonly TensorReading[];
  }): FileSummary;
  /** Which of some folders are one container of tensors each. */
  containers(argument: { readonly folders: readonly string[] }): readonly string[];
  /** Reads one tensor's values: range, moments, histogram, non-finite counts, first rows. */
  describe(argument: {
    readonly path: string;
    readonly tensor: string;
    /** What 16-bit integers of it are. */
    readonly words?: WordReading;
  }): TensorDescription;
  /** Who could be target and who reference, for one file or two; headers and label vectors only. */
  propose(argument: {
    readonly paths: readonly string[];
    /** Of tensors that leave something open. */
    readonly readings?: readonly TensorReading[];
  }): ConditionProposal;
  run(argument: RunRequest): RunDocument;
  /** Reads a run document and checks all of it; its memory moves to the host. */
  readDocument(argument: { readonly path: string }): RunDocument;
  /** The same without its tensors, which are not read. */
  readRecord(argument: { readonly path: string }): RunRecord;
  /** Keeps a document for the calls below, which name it by its header's `run`. */
  load(argument: { readonly document: RunDocument }): LoadedRun;
  /** Gives the memory of a loaded run back. */
  unload(argument: { readonly run: string }): void;
  /** Solves from the k x k covariances, never from the files. */
  resolve(argument: SolutionRequest): OfLoaded<Solution>;
  /** Loadings and projections of one component of one solution. */
  component(argument: ComponentRequest): OfLoaded<ComponentView>;
  /** What the selections of a run's sources come down to; no activation is read. */
  fileRows(argument: Pick<RunDocument, "sources">): FileRows;
  /** Those of a run's files whose bytes are not what they were when it was made, by path. */
  changedSources(argument: Pick<RunDocument, "sources">): readonly string[];
  /** Sets the runs of documents side by side; they are read one after the other. */
  compare(argument: { readonly paths: readonly string[] }): RunComparison;
  /** One neuron's activations; answered beside long computations, for somebody is looking. */
  neuronValues(argument: NeuronRequest): NeuronValues;
  /** The rows that a run was made from on some directions; answered beside long computations, too. */
  projectRows(argument: ProjectionRequest): readonly RowProjections[];
  /** What directions do to the logits, by the unembedding; answered beside long computations, too. */
  lens(argument: LensRequest): Lens;
  /** What a script wrote that adds or erases a direction in a model. */
  steering(argument: { readonly path: string }): SteeringResults;
  /** The pairs of conditions, one per layer, that the files hold. */
  layers(argument: {
    readonly paths: readonly string[];
    readonly readings?: readonly TensorReading[];
  }): readonly LayerPair[];
  /** The words for the script that sums moments on a Dask cluster; small files are written for it. */
  prepareCluster(argument: ClusterJob): readonly string[];
  sweep(argument: SweepRequest): SweptLayers;
  /** Columns of a file that give more than two labels to the rows of a tensor; no activation is read. */
  labelColumns(argument: {
    readonly path: string;
    readonly readings?: readonly TensorReading[];
  }): readonly LabelColumn[];
  /** Every two labels that a column gives to the rows of a tensor; no activation is read. */
  labelPairs(argument: { readonly source: ConditionSource; readonly column: string }): LabelPairs;
  comparePairs(argument: PairsRequest): ComparedPairs;
  /** Tries the first components of both directions of a finished run, as it was made, on other files. */
  transferRun(argument: TransferRequest & { readonly document: RunDocument }): RunTransfer;
  validate(argument: RunRequest & { readonly validation: ValidationOptions }): ValidationReport;
  /** What a language model or another program asked for. */
  useTool(argument: ToolRequest): ToolAnswer;
}

export type EngineMethod = keyof EngineMethods;

export type EngineArgument<M extends EngineMethod> = Parameters<EngineMethods[M]>[0];
export type EngineResult<M extends EngineMethod> = ReturnType<EngineMethods[M]>;

/** Methods that may take minutes: they have a worker of their own, so that the others answer meanwhile. */
export const longMethods = [
  "changedSources",
  "compare",
  "comparePairs",
  "prepareCluster",
  "run",
  "sweep",
  "transferRun",
  "useTool",
  "validate",
] as const satisfies readonly EngineMethod[];

/**
 * The distinct buffers behind the tensors of a document, be it the argument, the result, or a part of them: they move
 * between host and worker instead of being copied. Tensors read from one file may share one.
 */
export function documentBuffers(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { values } of Object.values(documentIn(value)?.tensors ?? {})) {
    if (values.buffer instanceof ArrayBuffer) buffers.add(values.buffer);
  }
  return [...buffers];
}

/** The types of all arguments and results say that these names stand for documents only. */
function documentIn(value: unknown): RunDocument | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("document" in value) return value.document as RunDocument;
  return "tensors" in value && "summary" in value ? (value as RunDocument) : undefined;
}

/** Host to worker. */
export type EngineRequest =
  | {
      [M in EngineMethod]: {
        readonly kind: "call";
        readonly id: number;
        readonly method: M;
        readonly argument: EngineArgument<M>;
        /** Shared flag of the caller's `Cancellation`. */
        readonly cancellation: SharedArrayBuffer;
      };
    }[EngineMethod]
  | {
      readonly kind: "fileReply";
      /** That of the request. */
      readonly id: number;
      readonly bytes?: Uint8Array;
      /** Absent if nothing is there. */
      readonly stat?: {
        readonly kind: "file" | "folder";
        readonly byteLength: number;
        readonly modified: number;
      };
      readonly names?: readonly string[];
      /** One line: why the file could not be read. */
      readonly message?: string;
    };

/** Worker to host: replies are ok or error, progress in between. */
export type EngineReply =
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | {
      readonly kind: "error";
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly detail?: ErrorDetail;
      readonly stack?: string;
    }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  /** Asks for a file that only the editor can read (`scheme://...`); its ids are the worker's own. */
  | {
      readonly kind: "fileRequest";
      readonly id: number;
      readonly operation: "read" | "stat" | "list";
      readonly path: string;
    }
  | { readonly kind: "log"; readonly level: "info" | "warn" | "error"; readonly message: string };
