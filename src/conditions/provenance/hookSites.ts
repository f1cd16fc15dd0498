import type { CaptureComponent, CaptureProvenance } from "../../activations/captureProvenance.ts";

/** TransformerLens's hooks, as SAELens and others name tensors: `blocks.6.hook_resid_post`. */
const hook = /^(?:.*?[/.])?(blocks\.(\d{1,4})\.((?:attn\.|mlp\.)?hook_[a-z_]+))/;

const components: Readonly<Record<string, CaptureComponent>> = {
  hook_resid_post: "residual",
  hook_mlp_out: "mlp",
  "mlp.hook_post": "mlp",
  "mlp.hook_pre": "mlp",
  "attn.hook_z": "attention_head",
  hook_attn_out: "attention_out",
};

/** Where a tensor was captured if its name is that of a hook. */
export function siteOfHook(tensor: string): CaptureProvenance {
  const [, site, block, name = ""] = hook.exec(tensor) ?? [];
  if (site === undefined) return {};
  const layer = Number(block);
  // The stream before a block is that after the one before it.
  if (name === "hook_resid_pre" && layer > 0) {
    return { site, component: "residual", layer: String(layer - 1) };
  }
  const component = Object.hasOwn(components, name) ? components[name] : "other";
  return { site, ...(component === undefined ? {} : { component }), layer: String(layer) };
}
