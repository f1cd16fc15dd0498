class Model:
    """A model of vLLM, watched by hooks on its modules: one prompt at a time, no token but the first is generated."""

    def __init__(self):
        # Hooks must lie in this process, and no graph may pass them by.
        os.environ["VLLM_ENABLE_V1_MULTIPROCESSING"] = "0"
        from vllm import LLM, SamplingParams

        self.llm = LLM(
            model=CAPTURE["model"],
            revision=CAPTURE["revision"],
            enforce_eager=True,
            enable_prefix_caching=False,
            enable_chunked_prefill=False,
            max_num_seqs=1,
        )
        self.one_token = SamplingParams(max_tokens=1)
        self.tokenizer = self.llm.get_tokenizer()
        self.captured_with = f"vllm {version('vllm')}"
        self.seen = {}
        self.sites = self.llm.apply_model(self.install)[0]

    def install(self, model):
        sites = find_sites(model, CAPTURE["layers"])
        for layer, (path, of_input) in sites.items():
            watch(model.get_submodule(path), of_input, layer, self.seen)
        return site_names(sites)

    def activations(self, ids):
        """What each site held for one prompt, [tokens, D] for each layer."""
        self.seen.clear()
        self.llm.generate([{"prompt_token_ids": ids}], self.one_token, use_tqdm=False)
        return dict(self.seen)


def watch(module, of_input, layer, seen):
    def keep(held):
        if CAPTURE["component"] == "residual" and isinstance(held, tuple) and isinstance(held[1], torch.Tensor):
            # Blocks hand on what they add and the stream that it is added to, and leave the sum to the next.
            held = held[0] + held[1]
        held = held[0] if isinstance(held, tuple) else held
        # Buffers are used again.
        seen[layer] = held.detach().clone()

    if of_input:
        module.register_forward_pre_hook(lambda _module, inputs: keep(inputs))
    else:
        module.register_forward_hook(lambda _module, _inputs, output: keep(output))
