import { extensionOf } from "../../detectFormat.ts";
import type { FolderRecogniser } from "../folder.ts";
import type { OpenPart } from "../parts/openParts.ts";
import { openPromptFiles } from "./openPromptFiles.ts";

/**
 * What vLLM's `ExampleHiddenStatesConnector` writes: a safetensors file a request, with `hidden_states`
 * `[tokens, layers, neurons]` and `token_ids` `[tokens]`. Each request is a row. The locks beside them are empty.
 */
export const vllmRequests: FolderRecogniser = {
  format: "vLLM's hidden states",
  async recognise(folder, context) {
    const names = folder.names.filter((name) => extensionOf(name) === "safetensors");
    const [first] = names;
    if (first === undefined || !(await isRequest(folder.base + first, context.open))) {
      return undefined;
    }
    const request = {
      name: "request",
      text: (name: string) => name.replace(/\.safetensors$/i, ""),
    };
    return {
      claims: (name) => extensionOf(name) === "safetensors",
      open: () => openPromptFiles(folder, names, "vllm", context, request),
    };
  },
};

async function isRequest(path: string, open: OpenPart): Promise<boolean> {
  const file = await open(path);
  await file.close();
  const shape = (wanted: string) => file.tensors.find(({ name }) => name === wanted)?.shape;
  const states = shape("hidden_states");
  const tokens = shape("token_ids");
  return states?.length === 3 && tokens?.length === 1 && tokens[0] === states[0];
}
