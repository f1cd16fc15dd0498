import { omit } from "../../lookup.ts";
import type { ActivationFile, RowBuffer, TensorInfo } from "../activationFile.ts";

const note =
  "its values are read as the integers of 16 bits that they are stored as; if these are the bits of bfloat16, write [dtype=bfloat16].";

/** What integers of 16 bits are: numbers, or the bits of bfloat16. */
export type WordReading = "bfloat16" | "integers";

/** A matrix of 16-bit integers with the doubt that goes with it: numpy has no bfloat16, so that tools keep its bits so. */
export function sixteenBits(info: TensorInfo): TensorInfo {
  const { shape } = info;
  const isMatrix = shape.length > 1 && shape.every((extent) => extent > 1);
  if (!isWord(info) || !isMatrix || info.doubtfulType === true) return info;
  return { ...info, notes: [...(info.notes ?? []), note], doubtfulType: true };
}

/** The file as if every tensor of 16-bit integers were one of bfloat16, whose bits they are. */
export function bfloat16View(file: ActivationFile): ActivationFile {
  const words = new Set(file.tensors.filter(isWord).map(({ name }) => name));
  if (words.size === 0) return file;
  const decoded = async (tensor: string, values: RowBuffer, reading: Promise<void>) => {
    await reading;
    if (words.has(tensor)) decodeWords(values);
  };
  const { entryOf, readRagged, bySequence } = file;
  return {
    ...file,
    tensors: file.tensors.map((info) => readWords(info, "bfloat16")),
    readRows: (tensor, start, stop, values) =>
      decoded(tensor, values, file.readRows(tensor, start, stop, values)),
    ...(entryOf === undefined
      ? {}
      : {
          entryOf(tensor, index) {
            const entry = entryOf(tensor, index);
            return entry && bfloat16View(entry);
          },
        }),
    ...(readRagged === undefined
      ? {}
      : {
          async readRagged(tensor, row) {
            const { shape, read } = await readRagged(tensor, row);
            return {
              shape,
              read: (start, stop, values) => decoded(tensor, values, read(start, stop, values)),
            };
          },
        }),
    ...(bySequence === undefined
      ? {}
      : { bySequence: async (tensor) => bfloat16View(await bySequence(tensor)) }),
  };
}

function isWord({ elementType, unreadable }: TensorInfo): boolean {
  return unreadable === undefined && (elementType === "int16" || elementType === "uint16");
}

/** What is known of a tensor once somebody has said what its words are; of any other tensor nothing changes. */
export function readWords(info: TensorInfo, words: WordReading): TensorInfo {
  if (!isWord(info)) return info;
  const { notes, ...about } = omit(info, "doubtfulType");
  const kept = notes?.filter((each) => each !== note) ?? [];
  return {
    ...about,
    elementType: words === "bfloat16" ? words : info.elementType,
    ...(kept.length === 0 ? {} : { notes: kept }),
  };
}

/** bfloat16 is the upper half of float32. */
function decodeWords(values: RowBuffer): void {
  const bits = new Uint32Array(1);
  const single = new Float32Array(bits.buffer);
  for (let i = 0; i < values.length; i++) {
    bits[0] = (values[i] as number) << 16;
    values[i] = single[0] as number;
  }
}
