import { rolesOfDirection, type DirectionName } from "../../src/protocol/direction.ts";
import type { SweepView } from "../../src/protocol/views/sweepView.ts";
import { text } from "../text.ts";

/** Which condition a direction carries and for which it is silent. */
export function rolesIn(
  view: SweepView,
  direction: DirectionName,
): { readonly carried: string; readonly silent: string } {
  const { carried, silenced } = rolesOfDirection[direction];
  return { carried: view[carried], silent: view[silenced] };
}

/** "him over her", by which a line is called. */
export function directionLabel(view: SweepView, direction: DirectionName): string {
  return text("sweep.direction", rolesIn(view, direction));
}

/** Where the layers come from: "layers.safetensors · blocks.#.mlp". */
export function originOf({ files, places }: SweepView): string {
  const [only = ""] = files;
  return [files.length === 1 ? only : text("sweep.files", { count: files.length }), ...places].join(
    " · ",
  );
}
