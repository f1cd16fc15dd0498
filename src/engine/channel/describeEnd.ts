import { describeError, EigenlensError } from "../../errors.ts";

/**
 * What to tell of a worker that ended by itself: out of memory is the one end that a user can do something
 * about.
 * @param name of the worker, as the log knows it
 */
export function describeEnd(name: string, fault: Error): EigenlensError {
  if ("code" in fault && fault.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new EigenlensError(
      "memory",
      "The computation ran out of memory and was stopped: choose fewer rows, a smaller share of variance, or a cap on the components.",
    );
  }
  const { message } = describeError(fault);
  return new EigenlensError(
    "internal",
    `The engine's ${name} worker stopped unexpectedly (${message}). The next run starts a new one.`,
  );
}
