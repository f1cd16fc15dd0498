import type { HeaderCache } from "../../activations/headerCache.ts";
import type { TensorReadings } from "../../activations/tensorReadings.ts";
import type { EngineClient } from "../../engine/engineClient.ts";
import type { ChoiceTexts } from "./choiceTexts.ts";
import type { ConditionPair } from "../conditionPair.ts";
import type { ShortenPath } from "./pairItems.ts";

/** What a choice of two conditions needs of the rest of the extension. */
export interface ChoiceServices {
  readonly texts: ChoiceTexts;
  readonly engine: EngineClient;
  readonly headers: HeaderCache;
  readonly readings: TensorReadings;
  /** Paths of the workspace's activation files, and which of them are folders that are one container each. */
  files(): Promise<ChoosableFiles>;
  /** The path below its workspace folder, for descriptions. */
  shorten: ShortenPath;
  /** Compares all labels of a file, each with each; absent if two conditions are needed. */
  allPairs?(path: string): void;
  /** Marked in the Activations view. */
  readonly marked?: ConditionPair;
}

export interface ChoosableFiles {
  readonly files: readonly string[];
  readonly containers: readonly string[];
}
