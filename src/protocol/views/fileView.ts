import type { Progress } from "../engine.ts";

/** The file editor's head: what the file is and which tensors it holds, in the user's language. */
export interface FileView {
  readonly title: string;
  /** "safetensors, 15.6 MB, 24 tensors". */
  readonly subtitle: string;
  readonly tensors: readonly TensorChoice[];
  /** The tensor shown, by name; undefined if none can be. */
  readonly chosen?: string;
  readonly labels: FileLabels;
}

export interface TensorChoice {
  readonly name: string;
  /** "53 x 3072 f32", or why it cannot be read. */
  readonly description: string;
  /** Whether its values can be described. */
  readonly readable: boolean;
  /** Whether it can play a role in a run. */
  readonly markable: boolean;
  /** Whether there is something to say of its axes. */
  readonly nameable: boolean;
  readonly role?: "target" | "reference";
}

export interface FileLabels {
  readonly tensor: string;
  readonly target: string;
  readonly reference: string;
  readonly axes: string;
  readonly run: string;
  readonly cancel: string;
  readonly values: string;
  readonly neurons: string;
  readonly firstRows: string;
}

/** What the values of one tensor are like, in the user's language. */
export interface TensorView {
  readonly name: string;
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    readonly hint?: string;
    /** Marks what will stop a run (values that are not finite). */
    readonly warning?: boolean;
  }[];
  readonly histogram: {
    readonly finding: string;
    readonly caption: string;
    /** Edges of the bins, one more than counts. */
    readonly edges: readonly number[];
    readonly counts: readonly number[];
  };
  readonly neurons: {
    readonly finding: string;
    readonly caption: string;
    readonly columns: readonly [string, string, string];
    /** Per column of the tensor; variance with ddof = 1. */
    readonly mean: Float64Array;
    readonly variance: Float64Array;
  };
  readonly head: {
    readonly caption: string;
    readonly columns: readonly string[];
    readonly rows: readonly Float64Array[];
  };
}

/** Host to file editor. */
export type HostToFile =
  | { readonly kind: "file"; readonly view: FileView }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "tensor"; readonly view: TensorView }
  /** The file or the chosen tensor cannot be shown: one line. */
  | { readonly kind: "failed"; readonly message: string };

/** File editor to host. */
export type FileToHost =
  | { readonly kind: "ready" }
  | { readonly kind: "choose"; readonly tensor: string }
  | { readonly kind: "mark"; readonly role: "target" | "reference"; readonly tensor: string }
  | { readonly kind: "axes"; readonly tensor: string }
  | { readonly kind: "run" }
  | { readonly kind: "cancel" }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
