class Tool:
    """A model of TransformerLens, watched at one hook point; nothing is folded or centred, so activations are the model's."""

    def __init__(self, name):
        self.model = load_hooked(name)
        self.model.eval()
        self.tokenizer = tokenizer_of(self.model, name)
        layer = f"blocks.{DIRECTION['layer']}"
        points = {"residual": "hook_resid_post", "mlp": "hook_mlp_out", "attention_out": "hook_attn_out"}
        named = [DIRECTION["site"], f"{layer}.{points.get(DIRECTION['component'])}"]
        known = [point for point in named if point in self.model.hook_dict]
        if not known:
            stop(f"TransformerLens has no hook point {DIRECTION['site']!r} in this model: correct site in DIRECTION to one of model.hook_dict")
        self.site = known[0]

    def encode(self, text, special=True):
        return self.tokenizer(text, add_special_tokens=special)["input_ids"]

    def run(self, ids, change=None):
        """Logits after the last token [vocabulary], and what the site held before any change [tokens, D]."""
        seen = []

        def hook(hidden, hook):
            seen.append(hidden[0].detach())
            return None if change is None else change(hidden[0]).to(hidden.dtype)[None]

        with torch.no_grad():
            tokens = torch.tensor([ids], device=self.model.cfg.device)
            logits = self.model.run_with_hooks(tokens, fwd_hooks=[(self.site, hook)])
        return logits[0, -1], check_width(seen[0])


def tokenizer_of(model, name):
    """TransformerLens begins prompts with a token of its own; activations of other tools have none."""
    if "lens" in DIRECTION.get("captured_with", "").lower():
        return model.tokenizer
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(name)


def load_hooked(name):
    try:
        from transformer_lens.model_bridge import TransformerBridge
    except ImportError:
        # Before version 3.
        from transformer_lens import HookedTransformer

        return HookedTransformer.from_pretrained_no_processing(name)
    return TransformerBridge.boot_transformers(name)
