/** A solution that was drawn: all figures of it, and the frame after them. */
export interface DrawnFrame {
  readonly shrinkage: string;
  /** Milliseconds of the page's clock. */
  readonly at: number;
}

export interface SliderEvent {
  readonly shrinkage: string;
  readonly at: number;
}

declare global {
  var sliderEvents: SliderEvent[];
  var drawnFrames: DrawnFrame[];
}

/**
 * Runs in the page before its scripts: notes when the slider moved, and when every figure has been drawn for
 * the γ that the facts quote and a frame with them was begun.
 */
export function watchFrames(): void {
  // A frame counts once each of these that is in the window was drawn.
  const all = ["eigenvalues", "loadings-forward", "projections-forward", "scatter-forward"];
  globalThis.sliderEvents = [];
  globalThis.drawnFrames = [];
  let inView = all;
  const drawn = new Map<string, Set<string>>();
  const quoted = (): string =>
    /γ ([\d.,e\u2212-]+),/.exec(
      document.querySelector("[data-fact='shrinkage']")?.textContent ?? "",
    )?.[1] ?? "";
  const { clearRect } = CanvasRenderingContext2D.prototype;
  // Chart.js begins each drawing so.
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    clearRect.apply(this, area);
    const figure = this.canvas.closest("figure")?.dataset["part"] ?? "";
    const shrinkage = quoted();
    const done = drawn.get(shrinkage) ?? new Set();
    if (done.size === 0) drawn.clear();
    drawn.set(shrinkage, done.add(figure));
    if (!inView.every((each) => done.has(each))) return;
    drawn.delete(shrinkage);
    requestAnimationFrame(() => {
      // The task after the frame's own: by then it has been drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        globalThis.drawnFrames.push({ shrinkage, at: performance.now() });
      };
      port2.postMessage(undefined);
    });
  };
  addEventListener("pointerdown", () => {
    inView = all.filter((each) => {
      const box = document.querySelector(`figure[data-part='${each}']`)?.getBoundingClientRect();
      return box !== undefined && box.top < innerHeight && box.bottom > 0;
    });
  });
  // On its way up: the slider's own listener has set the field by then.
  addEventListener("input", ({ target, timeStamp }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.dataset["part"] !== "shrinkage-slider") return;
    const field = document.querySelector<HTMLInputElement>("[data-part='shrinkage']");
    globalThis.sliderEvents.push({ shrinkage: field?.value ?? "", at: timeStamp });
  });
}
