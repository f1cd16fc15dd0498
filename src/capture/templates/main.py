def write_sentences(sentences):
    path, text = FOLDER / "sentences.json", json.dumps(sentences, indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != text:
        stop(f"{path} is of other prompts: remove it with what lies beside it, or change folder in CAPTURE")
    path.write_text(text, encoding="utf-8")


def revision():
    """The commit of a model on the hub; of a folder, what was said."""
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(CAPTURE["model"], revision=CAPTURE["revision"])
    return getattr(config, "_commit_hash", None) or CAPTURE["revision"]


def main():
    prompts, sentences = read_prompts()
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_sentences(sentences)
    model = Model()
    by_word = any(rule.startswith("word:") for rule in CAPTURE["token"].values())
    if by_word and not model.tokenizer.is_fast:
        stop("this tokenizer does not say where words are: choose last, mean or index:N as token in CAPTURE")
    for condition, texts in prompts.items():
        known = {"model": CAPTURE["model"], "revision": revision(), "component": CAPTURE["component"]}
        known |= {"tokenizer": model.tokenizer.name_or_path, "captured_with": model.captured_with}
        known |= {"token_rule": CAPTURE["token"][condition], "prompts_sha256": hashlib.sha256(json.dumps(texts).encode()).hexdigest()}
        files = {}
        for layer, site in model.sites.items():
            place = CAPTURE["tensors"].replace("{layer}", str(layer))
            files[layer] = Rows(f"{place}.{condition}", len(texts), known | {"site": site, "layer": layer})
        for index in range(min(rows.done for rows in files.values()), len(texts)):
            prompt = texts[index]
            tokens = model.tokenizer(prompt, return_offsets_mapping=by_word)
            if not tokens["input_ids"]:
                stop(f"the tokenizer gives no tokens for the prompt {prompt!r}")
            for layer, hidden in model.activations(tokens["input_ids"]).items():
                files[layer].append(index, token_row(hidden, prompt, tokens.get("offset_mapping"), condition))
            if index % 100 == 99 or index == len(texts) - 1:
                print(f"{condition}: {index + 1} of {len(texts)}")
        for rows in files.values():
            rows.finish()


if __name__ == "__main__":
    main()
