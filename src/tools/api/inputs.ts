/**
 * A condition: `PATH`, `PATH#TENSOR`, and selections in brackets, as on the command line: `him.npy`,
 * `layers.safetensors#blocks.6.him`, `data.npz#X[labels=him]`, `tokens.npy[token=last]`, `him.npy[rows=0:40]`.
 */
export type Source = string;

/** How many components are kept, and the shrinkage; absent entries are the defaults. */
export interface MethodInput {
  /** Share of the variance of (S + R) / 2 that the kept components hold, in (0, 1]; 0.99 if absent. */
  readonly variance?: number;
  /** Exactly as many components, instead of a share. */
  readonly components?: number;
  /** No more components, whatever the share asks for. */
  readonly atMost?: number;
  /** γ of `(1 - γ) R + γ α I`, in [0, 1], or who estimates it; 0.01 if absent. */
  readonly shrinkage?: number | "ledoit-wolf" | "oas";
}

/** A cross-validation and its permutations of the labels; absent entries are the defaults. */
export interface ValidationInput {
  /** 5 if absent. */
  readonly folds?: number;
  /** 3 if absent. */
  readonly repeats?: number;
  /** Up to 1000 if absent, fewer if no p needs them; 0 for none. */
  readonly permutations?: number;
  /** Of folds and permutations; 1 if absent. */
  readonly seed?: number;
}

export interface OutputInput {
  readonly out: string;
  /** Whether a file of this name may be replaced; not if absent. */
  readonly overwrite?: boolean;
}

export interface InspectInput {
  readonly path: string;
  /** The first tensor to list, from 0. */
  readonly offset?: number;
  /** The most tensors to list; 100 if absent. */
  readonly limit?: number;
}

export interface RunInput extends MethodInput, ValidationInput, Partial<OutputInput> {
  /** Whose variance the direction is to carry (S). */
  readonly target: Source;
  /** The condition for which it is to be silent (R). */
  readonly reference: Source;
  /** Whether to add what survives on held-out rows and under permuted labels. */
  readonly validate?: boolean;
}

export interface ValidateInput extends MethodInput, ValidationInput, Partial<OutputInput> {
  /** A run document (`NAME.ged.safetensors`): its sources and options are taken. */
  readonly run?: string;
  /** With `reference`, instead of `run`. */
  readonly target?: Source;
  readonly reference?: Source;
}

export interface SweepInput extends MethodInput, ValidationInput {
  /** One container with all layers, or files with layer numbers in their names. */
  readonly files: readonly Source[];
  /** Whether to validate each layer; true if absent. */
  readonly validate?: boolean;
}

export interface ComponentInput {
  /** A run document (`NAME.ged.safetensors`). */
  readonly run: string;
  /** From 1; 1 if absent. */
  readonly component?: number;
  /** Whether it is of the direction that carries the run's reference. */
  readonly swapped?: boolean;
}

export interface TransferInput extends ComponentInput {
  /** The source of the condition that the run's target stands for. */
  readonly target: Source;
  readonly reference: Source;
  /** Of the labels; 1000 if absent, 0 for none. */
  readonly permutations?: number;
  readonly seed?: number;
}

export type ReadRunInput = Pick<ComponentInput, "run">;

export interface ExportInput extends ComponentInput, OutputInput {
  /** `direction`: vectors and numbers as safetensors; `gguf`: a control vector for the residual stream. */
  readonly format?: "direction" | "gguf";
  /** What a control vector adds; the mean difference if absent. */
  readonly use?: "mean-difference" | "discriminant" | "pattern" | "filter";
}
