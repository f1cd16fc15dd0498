import { EigenlensError } from "../../errors.ts";
import { extensionOf } from "../detectFormat.ts";
import type { FolderRecogniser } from "./folder.ts";

/** What delphi caches: for each range of latents a safetensors file of values and their locations. It is refused. */
export const sparseLatents: FolderRecogniser = {
  format: "delphi's sparse latents",
  async recognise(folder, { open }) {
    const names = folder.names.filter((name) => extensionOf(name) === "safetensors");
    const [first] = names;
    if (first === undefined) return undefined;
    const file = await open(folder.base + first);
    await file.close();
    const sparse = file.tensors.find(({ name }) => name === "locations")?.unreadable;
    if (sparse === undefined) return undefined;
    return {
      claims: (name) => extensionOf(name) === "safetensors",
      open: () => Promise.reject(new EigenlensError("file-format", `${folder.path}: ${sparse}`)),
    };
  },
};
