class Model:
    """A model of TransformerLens, watched at its hook points; nothing is folded or centred, so activations are the model's."""

    POINTS = {
        "residual": "hook_resid_post",
        "mlp": "hook_mlp_out",
        "neurons": "mlp.hook_post",
        "attention_out": "hook_attn_out",
        "attention_head": "attn.hook_z",
    }

    def __init__(self):
        from transformers import AutoConfig

        config = AutoConfig.from_pretrained(CAPTURE["model"], revision=CAPTURE["revision"])
        self.model = load_hooked(getattr(config, "dtype", None) or torch.float32)
        # It begins prompts with a token of its own.
        self.tokenizer = self.model.tokenizer
        self.captured_with = f"transformer-lens {version('transformer-lens')}"
        site = CAPTURE["site"]
        named = f"blocks.{{layer}}.{self.POINTS[site]}" if site in self.POINTS else site
        self.sites = {layer: named.replace("{layer}", str(layer)) for layer in CAPTURE["layers"]}
        for point in self.sites.values():
            if point not in self.model.hook_dict:
                stop(f"TransformerLens has no hook point {point!r} in this model: correct site and layers in CAPTURE to those of model.hook_dict")

    def activations(self, ids):
        """What each site held for one prompt, [tokens, D] for each layer; heads side by side."""
        seen = {}

        def keep(layer):
            def hook(held, hook):
                seen[layer] = held[0].flatten(1)

            return hook

        hooks = [(point, keep(layer)) for layer, point in self.sites.items()]
        with torch.no_grad():
            self.model.run_with_hooks(torch.tensor([ids], device=self.model.cfg.device), fwd_hooks=hooks)
        return seen


def load_hooked(dtype):
    name, revision = CAPTURE["model"], CAPTURE["revision"]
    try:
        from transformer_lens.model_bridge import TransformerBridge
    except ImportError:
        # Before version 3.
        from transformer_lens import HookedTransformer

        return HookedTransformer.from_pretrained_no_processing(name, revision=revision, dtype=dtype)
    return TransformerBridge.boot_transformers(name, revision=revision, dtype=dtype)
