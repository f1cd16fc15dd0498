import type { TensorDescription } from "../../activations/describeTensor.ts";
import type { TensorInfo } from "../../activations/activationFile.ts";
import type { Progress } from "../engine.ts";

/** The file editor's head: what the file is and which tensors it holds. */
export interface FileView {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly format: string;
  readonly byteLength: number;
  readonly tensors: readonly TensorChoice[];
  /** The tensor shown, by name; undefined if none can be. */
  readonly chosen?: string;
}

/** What a listing says of a tensor: without the names of its columns and classes, of which there may be thousands. */
export type ListedTensor = Omit<TensorInfo, "columnNames" | "classNames">;

export interface TensorChoice {
  readonly info: ListedTensor;
  /** Whether its values can be described. */
  readonly readable: boolean;
  /** Whether it can play a role in a run. */
  readonly markable: boolean;
  /** Whether there is something to say of its axes. */
  readonly nameable: boolean;
  readonly role?: "target" | "reference";
}

/** What the values of one tensor are like. */
export type TensorValues = Omit<TensorDescription, "tensor"> & { readonly tensor: ListedTensor };

/** Host to file editor. */
export type HostToFile =
  | { readonly kind: "file"; readonly view: FileView }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "tensor"; readonly values: TensorValues }
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
