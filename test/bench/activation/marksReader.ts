// The extension beside ours, in one extension host, that reads what the editor itself noted of our start (the marks
// behind its command _Developer: Startup Performance_) and asks the thread what processor time that took.
import { renameSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";

declare global {
  /** The editor's own clock in its extension host, in whole milliseconds. */
  var MonacoPerformanceMarks:
    { getMarks(): readonly { readonly name: string; readonly startTime: number }[] } | undefined;
}

/** In milliseconds: `require` of the bundle, and the call of `activate()`. */
interface Times {
  readonly loading: number;
  readonly activating: number;
}

/** What modules of Node share and its types do not know: every `require` goes through it. */
interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}

const extension = "eigenlens.eigenlens";
const bundle = /eigenlens\.eigenlens-[^/]*\/dist\/extension(?:\.js)?$/;
const pollMilliseconds = 50;

export function activate(): void {
  const processor = { loading: NaN, activating: NaN };
  timeLoading(processor);
  const timer = setInterval(() => {
    const elapsed = notedTimes();
    if (elapsed === undefined) return;
    clearInterval(timer);
    answer({ elapsed, processor });
  }, pollMilliseconds);
}

/** Notes the processor time of our bundle's `require` and `activate()` once they happen. */
function timeLoading(times: { loading: number; activating: number }): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = function (request, ...rest) {
    if (!bundle.test(request)) return load.call(this, request, ...rest);
    const started = processorTime();
    const loaded = load.call(this, request, ...rest) as { activate(context: unknown): unknown };
    times.loading = processorTime() - started;
    return {
      ...loaded,
      activate: (context: unknown) => {
        const called = processorTime();
        const api = loaded.activate(context);
        times.activating = processorTime() - called;
        return api;
      },
    };
  };
}

/** Of this thread, in milliseconds. Node has it since 23.9. */
function processorTime(): number {
  const { threadCpuUsage } = process as unknown as {
    threadCpuUsage(): { readonly user: number; readonly system: number };
  };
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

function notedTimes(): Times | undefined {
  const marks = globalThis.MonacoPerformanceMarks?.getMarks() ?? [];
  const between = (first: string, last: string) => {
    const [from, to] = [first, last].map(
      (name) => marks.find((mark) => mark.name === `code/extHost/${name}/${extension}`)?.startTime,
    );
    return from === undefined || to === undefined ? undefined : to - from;
  };
  const loading = between("willLoadExtensionCode", "didLoadExtensionCode");
  const activating = between("willActivateExtension", "didActivateExtension");
  return loading === undefined || activating === undefined ? undefined : { loading, activating };
}

function answer(times: { readonly elapsed: Times; readonly processor: Times }): void {
  const path = join(process.env["EIGENLENS_ACTIVATION_ANSWERS"] ?? "", `${process.pid}.json`);
  // Under its name only once it is whole: the benchmark waits for it.
  writeFileSync(`${path}.partial`, JSON.stringify(times));
  renameSync(`${path}.partial`, path);
}
