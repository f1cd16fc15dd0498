class Tool:
    """A language model of nnsight, watched at one module."""

    def __init__(self, name):
        from nnsight import LanguageModel

        self.model = LanguageModel(name, dispatch=True)
        self.site = find_envoy(self.model)

    def encode(self, text, special=True):
        return self.model.tokenizer(text, add_special_tokens=special)["input_ids"]

    def run(self, ids, change=None):
        """Logits after the last token [vocabulary], and what the site held before any change [tokens, D]."""
        with torch.no_grad(), self.model.trace(torch.tensor([ids])):
            output = self.site.output
            hidden = output[0] if isinstance(output, tuple) else output
            seen = hidden.detach().clone().save()
            if change is not None:
                hidden[0] = change(hidden[0]).to(hidden.dtype)
            logits = self.model.output.logits.detach().save()
        return logits[0, -1], check_width(seen[0])


def find_envoy(model):
    envoy = model
    for part in DIRECTION["site"].split("."):
        try:
            envoy = envoy[int(part)] if part.isdigit() else getattr(envoy, part)
        except (AttributeError, IndexError):
            stop(f"nnsight has no module {DIRECTION['site']!r} in this model: correct site in DIRECTION")
    return envoy
