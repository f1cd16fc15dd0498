import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8's young generation at its first size for the rest of this process. From Node 24 on it grows to several times
 * 32 MB before anything in it is collected, which listing many tensors, each a few short-lived objects, fills for
 * nothing; what computes for long is a few per cent slower without the growth.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
