import { EigenlensError } from "../../../errors.ts";
import type { TensorInfo } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { shapeText } from "../../shape.ts";
import type { StoredTensor } from "../../storedTensor.ts";
import { PickleBudget } from "./budget.ts";
import { embeddedFiles } from "./embeddedTorch.ts";
import { tensorsOf } from "./interpret.ts";
import { readPickle } from "./readPickle.ts";

/**
 * An array of Python objects in npy format: behind its header lies a pickle, which is read as data. Texts, whole
 * numbers and booleans are labels, vectors are rows; anything else is listed with the reason why it is not read.
 * @param info as the npy header says
 * @param offset where the pickle begins
 * @param budget what the file that holds the array may make; by default as much as the array's own bytes warrant
 */
export async function objectArray(
  source: ByteSource,
  info: Omit<TensorInfo, "elementType">,
  offset: number,
  budget = new PickleBudget(source.path, source.byteLength),
): Promise<StoredTensor> {
  const { name, shape } = info;
  const unreadable = (reason: string): StoredTensor => ({
    info: {
      ...info,
      elementType: "text",
      unreadable: `an object array ${shapeText(shape)} is a pickle, which is never opened by running it, and ${reason}: save numbers, as in numpy.save(path, numpy.asarray(x, dtype="float32")), or labels as numpy.asarray(labels, dtype="U").`,
    },
  });
  try {
    const { value, embedded } = await readPickle(source, offset, budget);
    const nested = await embeddedFiles(source.path, embedded, budget);
    const objects = { root: value, findStorage: () => undefined, nested };
    const tensors = tensorsOf(source.path, objects, source.byteLength, budget, name);
    const [only] = tensors;
    if (only === undefined || tensors.length > 1) {
      return unreadable("this one holds neither labels nor one vector a row");
    }
    if (only.info.unreadable !== undefined)
      return unreadable(only.info.unreadable.split(": ")[0] ?? "");
    if (only.info.shape[0] !== shape[0]) {
      return unreadable(`this one holds ${only.info.shape[0] ?? 0} values`);
    }
    return only;
  } catch (error) {
    if (!(error instanceof EigenlensError) || error.code !== "file-format") throw error;
    const fault = error.message.replace(`${source.path}: `, "");
    return unreadable(fault.split(/: |, which|; /)[0] ?? fault);
  }
}
