class Model:
    """A model of transformers, watched by hooks on its modules."""

    def __init__(self):
        from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer

        place = {"pretrained_model_name_or_path": CAPTURE["model"], "revision": CAPTURE["revision"]}
        self.tokenizer = AutoTokenizer.from_pretrained(**place)
        try:
            model = AutoModelForCausalLM.from_pretrained(**place, dtype="auto")
        except ValueError:
            # An encoder: it has no next token.
            model = AutoModel.from_pretrained(**place, dtype="auto")
        self.model = model.eval().to("cuda" if torch.cuda.is_available() else "cpu")
        self.captured_with = f"transformers {version('transformers')}"
        sites = find_sites(model, CAPTURE["layers"])
        self.sites, self.seen = site_names(sites), {}
        for layer, (path, of_input) in sites.items():
            watch(model.get_submodule(path), of_input, layer, self.seen)

    def activations(self, ids):
        """What each site held for one prompt, [tokens, D] for each layer."""
        self.seen.clear()
        with torch.no_grad():
            self.model(input_ids=torch.tensor([ids], device=self.model.device))
        return {layer: held[0] for layer, held in self.seen.items()}


def watch(module, of_input, layer, seen):
    def keep(held):
        seen[layer] = held[0] if isinstance(held, tuple) else held

    if of_input:
        module.register_forward_pre_hook(lambda _module, inputs: keep(inputs))
    else:
        module.register_forward_hook(lambda _module, _inputs, output: keep(output))
