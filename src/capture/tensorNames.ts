import { isNamedSite } from "./options.ts";

const places = {
  residual: "residual",
  mlp: "mlp",
  neurons: "mlp.neurons",
  attention_out: "attn.out",
  attention_head: "attn.heads",
} as const;

/**
 * What tensors of a layer are called, but for their condition: `blocks.{layer}.mlp`. All of its words tell a place, so
 * that what follows them is read as the condition's name.
 */
export function placeName(site: string): string {
  return `blocks.{layer}.${isNamedSite(site) ? places[site] : "hook"}`;
}
