import { join } from "node:path";
import { packExtension } from "../../../editor/packExtension.mjs";

/** Packs `playedJupyter.ts` as an extension of the id of the real one. @returns where */
export function packPlayedJupyter(folder: string): string {
  return packExtension(folder, {
    publisher: "ms-toolsai",
    name: "jupyter",
    entry: join(import.meta.dirname, "playedJupyter.ts"),
    commands: [
      { command: "played.viewHim", title: "Played: View him" },
      { command: "played.end", title: "Played: End Kernel" },
    ],
  });
}
