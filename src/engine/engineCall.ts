import type { Cancellation } from "../cancellation.ts";
import type { EngineArgument, EngineMethod, EngineResult, Progress } from "../protocol/engine.ts";

/** What every call is given beside its arguments. */
export interface EngineCall {
  readonly cancellation: Cancellation;
  report(progress: Progress): void;
}

/** Whoever answers calls of the protocol; tools stand above the engine and are answered there. */
export type EngineImplementation<Method extends EngineMethod = Exclude<EngineMethod, "useTool">> = {
  [M in Method]: (
    argument: EngineArgument<M>,
    call: EngineCall,
  ) => EngineResult<M> | Promise<EngineResult<M>>;
};
