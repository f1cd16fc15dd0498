import { EigenlensError } from "../../../errors.ts";

/** Calls whose results hold no tensors of interest; they are passed over. */
const harmless =
  /^(torch\.(Size|device|dtype|layout|strided|serialization\._get_layout|storage\.\w+)|numpy\.(dtype|bool_?|u?int\d+|float\d+|str_)|numpy\.(_core|core)\.multiarray\.scalar|_codecs\.encode|(__builtin__|builtins)\.(set|frozenset|slice|range|complex|bytearray|int|float|str|bool|bytes)|datetime\.\w+|pathlib\.\w+|argparse\.Namespace)$/;

const mappings =
  /^(collections\.(OrderedDict|defaultdict|Counter)|builtins\.dict|__builtin__\.dict)$/;
const sequences =
  /^(builtins|__builtin__)\.(list|tuple)$|^collections\.deque$|^torch\.nn\.modules\.container\.ParameterList$/;

/** Whether the result of a call is passed over: it holds no tensor. */
export function isHarmless(callee: string): boolean {
  return harmless.test(callee);
}

/** Whether the result of a call is a dictionary. */
export function isMapping(callee: string): boolean {
  return mappings.test(callee);
}

/** Whether the result of a call is a list. */
export function isSequence(callee: string): boolean {
  return sequences.test(callee);
}

/** The error for a call that is none of those known here. */
export function refusal(path: string, callee: string): EigenlensError {
  const name = callee.slice(0, 80);
  if (/^pandas\./.test(callee)) {
    return new EigenlensError(
      "file-format",
      `${path} holds a pandas object (${name}), whose pickle is not read: save it with to_parquet or to_csv, or its values with numpy.save.`,
    );
  }
  return new EigenlensError(
    "file-format",
    `${path}: its pickle calls ${name}, which could run code: it was not called and the file is refused; save plain tensors with torch.save({"him": tensor}), or as safetensors.`,
  );
}
