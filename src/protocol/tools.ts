import type { GedOptions } from "../ged/method/options.ts";
import type { RunDocument } from "../runs/runDocument.ts";

/** The tools that language models and other programs have, by the names that they know. */
export const toolNames = [
  "inspect_activations",
  "run_ged",
  "validate_run",
  "sweep_layers",
  "transfer_direction",
  "read_run",
  "export_direction",
] as const;

export type ToolName = (typeof toolNames)[number];

/** One use of a tool. */
export interface ToolRequest {
  readonly tool: ToolName;
  /** As it came from outside: it is checked before anything is done. */
  readonly input: unknown;
  /** Folders, or addresses of folders, outside of which nothing is read or written; nothing limits it if absent. */
  readonly roots?: readonly string[];
  /** What relative paths start from; the first root if absent. */
  readonly folder?: string;
  /** What the input leaves open; the method's defaults if absent. */
  readonly options?: GedOptions;
  /** Whether the document of a run is wanted beside the result. */
  readonly keep?: boolean;
}

/** What a tool answers. */
export interface ToolAnswer {
  /** By the tool's schema; every text in it is harmless and bounded. */
  readonly result: Readonly<Record<string, unknown>>;
  /** The same in a few lines. */
  readonly text: string;
  /** Only if it was wanted. */
  readonly document?: RunDocument;
}
