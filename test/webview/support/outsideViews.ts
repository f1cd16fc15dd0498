import { Chart } from "chart.js";

// Counts what views leave behind outside themselves. Imported first, so that it sees all that begins.

/** What stands at a moment. */
export interface Outside {
  readonly charts: number;
  /** Elements that observers watch: of sizes, of what is in the window, of changes. */
  readonly observed: number;
  /** Listeners of the window and the document. */
  readonly listeners: number;
}

interface Observer {
  observe(target: Node, options?: unknown): void;
  unobserve?(target: Node): void;
  disconnect(): void;
}

const observed = new Map<Observer, Set<Node>>();

function countObserved(prototype: Observer): void {
  const { observe, unobserve, disconnect } = prototype;
  prototype.observe = function (this: Observer, target, options) {
    observed.set(this, (observed.get(this) ?? new Set()).add(target));
    observe.call(this, target, options);
  };
  if (unobserve) {
    prototype.unobserve = function (this: Observer, target) {
      observed.get(this)?.delete(target);
      unobserve.call(this, target);
    };
  }
  prototype.disconnect = function (this: Observer) {
    observed.delete(this);
    disconnect.call(this);
  };
}

countObserved(ResizeObserver.prototype as Observer);
countObserved(IntersectionObserver.prototype as Observer);
countObserved(MutationObserver.prototype as Observer);

const listeners = new Map<EventTarget, Map<string, Set<unknown>>>([
  [window, new Map()],
  [document, new Map()],
]);
const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;

EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
  // Called by its bare name it is the window's.
  const target: EventTarget = this ?? window;
  const ofTarget = listeners.get(target);
  ofTarget?.set(type, (ofTarget.get(type) ?? new Set()).add(listener));
  add.call(target, type, listener, options);
};

EventTarget.prototype.removeEventListener = function (this: EventTarget, type, listener, options) {
  const target: EventTarget = this ?? window;
  listeners.get(target)?.get(type)?.delete(listener);
  remove.call(target, type, listener, options);
};

export function outside(): Outside {
  const sizes = (sets: Iterable<ReadonlySet<unknown>>): number =>
    [...sets].reduce((sum, { size }) => sum + size, 0);
  return {
    charts: Object.keys(Chart.instances).length,
    observed: sizes(observed.values()),
    listeners: sizes([...listeners.values()].flatMap((types) => [...types.values()])),
  };
}
