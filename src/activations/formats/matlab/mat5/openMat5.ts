// Our own reader, because the packages for MATLAB files read them whole and lack single precision, compressed
// variables or large files. The layout is that of "MAT-File Format" (MathWorks), level 5.
import { EigenlensError } from "../../../../errors.ts";
import type { ActivationFile } from "../../../activationFile.ts";
import type { ByteSource } from "../../../byteSource.ts";
import { KeptBytes } from "../../../sources/inflatedSource.ts";
import { windowedSource } from "../../../sources/windowedSource.ts";
import { activationFile, type StoredTensor } from "../../../storedTensor.ts";
import { compressedElement, damaged, inflate, matrixElement, readElement } from "./elements.ts";
import { readVariable } from "./variable.ts";

const mostVariables = 50_000;

/**
 * MATLAB version 5 to 7: a 128-byte header, then one element per variable, each perhaps compressed.
 * @throws EigenlensError "file-format"
 */
export async function openMat5(file: ByteSource): Promise<ActivationFile> {
  const source = windowedSource(file);
  const kept = new KeptBytes();
  if (source.byteLength < 136) throw damaged(source.path, "its header is cut short");
  const header = await source.read(0, 128);
  const little = header[126] === 0x49;
  const tensors: StoredTensor[] = [];
  for (let offset = 128; offset + 8 <= source.byteLength;) {
    if (tensors.length >= mostVariables) {
      throw new EigenlensError(
        "file-format",
        `${source.path} holds more than the ${mostVariables} variables that are read: split it.`,
      );
    }
    const element = await readElement(source, offset, little, false);
    if (element.type === compressedElement) {
      const inner = await inflate(source, element, little, kept);
      tensors.push(
        ...(await readVariable(inner, await readElement(inner, 0, little, true), little)),
      );
    } else if (element.type === matrixElement) {
      tensors.push(...(await readVariable(source, element, little)));
    }
    offset = element.next;
  }
  return activationFile({
    path: source.path,
    format: "mat",
    byteLength: source.byteLength,
    tensors,
    close: () => file.close(),
  });
}
