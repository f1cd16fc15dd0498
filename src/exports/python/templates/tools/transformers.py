class Tool:
    """A causal language model of transformers, watched at one module."""

    def __init__(self, name):
        from transformers import AutoModelForCausalLM, AutoTokenizer

        revision = DIRECTION.get("revision") if name == DIRECTION["model"] else None
        self.tokenizer = AutoTokenizer.from_pretrained(name, revision=revision)
        self.model = AutoModelForCausalLM.from_pretrained(name, revision=revision, dtype="auto").eval()
        self.site = find_module(self.model, self.model.config.get_text_config().num_hidden_layers)

    def encode(self, text, special=True):
        return self.tokenizer(text, add_special_tokens=special)["input_ids"]

    def run(self, ids, change=None):
        """Logits after the last token [vocabulary], and what the site held before any change [tokens, D]."""
        seen = []

        def hook(_module, _inputs, output):
            hidden = output[0] if isinstance(output, tuple) else output
            seen.append(hidden[0].detach())
            if change is None:
                return None
            changed = change(hidden[0]).to(hidden.dtype)[None]
            return (changed, *output[1:]) if isinstance(output, tuple) else changed

        handle = self.site.register_forward_hook(hook)
        try:
            with torch.no_grad():
                logits = self.model(torch.tensor([ids], device=self.model.device)).logits[0, -1]
        finally:
            handle.remove()
        return logits, check_width(seen[0])


def find_module(model, layers):
    """The module that the site names; of the residual stream, the block by its number if another tool named it."""
    modules = dict(model.named_modules())
    if DIRECTION["site"] in modules:
        return modules[DIRECTION["site"]]
    blocks = [list(found) for found in modules.values() if isinstance(found, torch.nn.ModuleList) and len(found) == layers]
    if DIRECTION["component"] == "residual" and len(blocks) == 1 and DIRECTION["layer"] < layers:
        return blocks[0][DIRECTION["layer"]]
    stop(f"this model has no module {DIRECTION['site']!r}: correct site in DIRECTION to one of model.named_modules()")
