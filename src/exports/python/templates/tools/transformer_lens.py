class Tool:
    """A HookedTransformer, watched at one hook point; nothing is folded or centred, so that activations are the model's."""

    def __init__(self, name):
        from transformer_lens import HookedTransformer

        self.model = load_hooked(HookedTransformer, name)
        self.model.eval()
        layer = f"blocks.{DIRECTION['layer']}"
        points = {"residual": "hook_resid_post", "mlp": "hook_mlp_out", "attention_out": "hook_attn_out"}
        named = [DIRECTION["site"], f"{layer}.{points.get(DIRECTION['component'])}"]
        known = [point for point in named if point in self.model.hook_dict]
        if not known:
            stop(f"TransformerLens has no hook point {DIRECTION['site']!r} in this model: correct site in DIRECTION to one of model.hook_dict")
        self.site = known[0]

    def encode(self, text, special=True):
        return self.model.tokenizer(text, add_special_tokens=special)["input_ids"]

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


def load_hooked(kind, name):
    if not os.path.isdir(name):
        return kind.from_pretrained_no_processing(name)
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # A folder has no name that TransformerLens knows: the model that was captured says what it is.
    return kind.from_pretrained_no_processing(
        DIRECTION["model"],
        hf_model=AutoModelForCausalLM.from_pretrained(name),
        tokenizer=AutoTokenizer.from_pretrained(name),
    )
