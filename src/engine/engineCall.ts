import type { Cancellation } from "../cancellation.ts";
import type { EngineArgument, EngineMethod, EngineResult, Progress } from "../protocol/engine.ts";

/** What every call is given beside its arguments. */
export interface EngineCall {
  readonly cancellation: Cancellation;
  report(progress: Progress): void;
}

/** Whoever answers the calls of the protocol. */
export type EngineImplementation = {
  [M in EngineMethod]: (
    argument: EngineArgument<M>,
    call: EngineCall,
  ) => EngineResult<M> | Promise<EngineResult<M>>;
};
