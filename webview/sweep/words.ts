import { rolesAmong, type DirectionName } from "../../src/protocol/direction.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { text } from "../text.ts";

/** "him over her", by which a line is called. */
export function directionLabel(view: SweepView, direction: DirectionName): string {
  return text("sweep.direction", rolesAmong(view, direction));
}

/** Where the layers come from: "layers.safetensors · blocks.#.mlp". */
export function originOf({ files, places }: SweepView): string {
  const [only = ""] = files;
  return [files.length === 1 ? only : text("sweep.files", { count: files.length }), ...places].join(
    " · ",
  );
}
