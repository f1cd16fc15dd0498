import type { ConditionSource } from "../conditions/condition.ts";
import type { FoldRule } from "../moments/metadata.ts";

/** Into how many folds rows are put, and how. */
export interface FoldRequest {
  /** 0 for none. */
  readonly folds: number;
  readonly seed: number;
  /** `design` if the rows allow it, else `hash`, if absent. */
  readonly rule?: Exclude<FoldRule, "given">;
  /**
   * Groups of clusters with moments of their own, by which labels can be permuted: a multiple of the folds, or as many as
   * a task of a cluster has room for.
   */
  readonly groups?: number | "auto";
}

/** Whose moments are summed, and into how many folds. */
export interface MomentsRequest extends FoldRequest {
  readonly conditions: readonly { readonly name: string; readonly source: ConditionSource }[];
  /** The document to write. */
  readonly out: string;
  /** Rows to keep as they are, to be shown; none if absent. */
  readonly reservoir?: {
    /** How many of each condition. */
    readonly size: number;
    /** What this part of a job is called, by which its rows are told from those of others; empty unless said. */
    readonly part?: string;
  };
  /** How many directions of a range finder the moments are of, on a cluster; those of neurons if absent. */
  readonly range?: number;
}

/** Where moments are summed. */
export interface ClusterChoice {
  /** Of a running cluster, such as `tcp://host:8786`; a cluster of processes of this machine if absent. */
  readonly scheduler?: string;
  /** Processes of such a cluster of this machine. */
  readonly workers?: number;
  /** Memory of each of them as Dask writes it, such as `4GB`. */
  readonly memory?: string;
}

/** What the script that sums on a cluster is to be told. */
export interface ClusterJob {
  readonly request: MomentsRequest;
  readonly cluster: ClusterChoice;
  /** For small files, which the script needs until it ends. */
  readonly folder: string;
}
