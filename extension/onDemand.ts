import type * as parts from "./onDemandParts.ts";

/** What the start of the extension does without. */
export type OnDemand = typeof parts;

/** Loads it, in the first call: it lies in a file of its own, which is not even parsed before. */
export const onDemand = (): Promise<OnDemand> => import("./onDemandParts.ts");
