import { EigenlensError } from "../../errors.ts";

/** The libraries by which a script gets into a model. */
export const steeringTools = ["transformers", "transformer-lens", "nnsight"] as const;
export type SteeringTool = (typeof steeringTools)[number];

/** Libraries that are asked for, with a script for none of them. */
export const refusedTools = ["vllm"] as const;
export type AskedTool = SteeringTool | (typeof refusedTools)[number];

/**
 * The library, if there is a script for it.
 * @throws EigenlensError "usage" for vLLM: its engine runs compiled blocks in processes of its own and gives the largest
 *   log-probabilities only, so that neither a change nor its collateral KL can be had there as in the others
 */
export function supportedTool(tool: AskedTool): SteeringTool {
  if (tool !== "vllm") return tool;
  throw new EigenlensError(
    "usage",
    "There is no script for vLLM: it gives no access to a block's activations while it generates and no full distribution of the next token, so nothing could be measured. Measure with transformers; to add a direction of the residual stream in vLLM, write a control vector (gguf) for EasySteer.",
  );
}
