import type { Progress } from "../engine.ts";

/** Host to the page of a series of runs; `progress` while it lasts. */
export interface HostToSeries<View> {
  readonly kind: "series";
  /** What the page shows, and keeps over a window reload: plain JSON. */
  readonly view: View;
  readonly progress?: Progress;
  /** One line: what ended it, or why it is not to be relied on. */
  readonly problem?: string;
}

/** Page of a series of runs to host. */
export type SeriesToHost =
  | { readonly kind: "ready" }
  /** Makes the run at a place of the series. */
  | { readonly kind: "open"; readonly place: number }
  | { readonly kind: "cancel" }
  | { readonly kind: "rerun" }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "fault"; readonly message: string; readonly stack?: string };
