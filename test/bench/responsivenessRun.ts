// How the host fares while the engine works: prints one JSON object.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineClient } from "../../extension/engine/engineClient.ts";
import { RunStore } from "../../extension/runs/runStore.ts";
import { defaultGedOptions } from "../../src/ged/method/options.ts";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";

const [workerPath = "", target = "", reference = "", cancelText = ""] = process.argv.slice(2);
const cancelAfter = cancelText === "" ? [] : cancelText.split(",").map(Number);
const samples = join(process.cwd(), "samples");
const request = {
  target: { path: target },
  reference: { path: reference },
  options: defaultGedOptions,
};

/** A person takes a cancel that is answered within so many milliseconds for one that worked. */
const mostCancelMilliseconds = 200;

async function main(): Promise<void> {
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (line: string) => void warnings.push(line),
    error: (line: string) => void warnings.push(line),
  };
  const engine = new EngineClient({ workerPath, log });
  const folder = mkdtempSync(join(tmpdir(), "eigenlens-runs-"));
  const store = new RunStore(folder, (line) => void warnings.push(line), {
    document: (path) => engine.calls.readDocument({ path }),
    record: (path) => engine.calls.readRecord({ path }),
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    delay.enable();
    const started = performance.now();
    const document = await engine.calls.run(request);
    await store.add(document);
    const seconds = (performance.now() - started) / 1000;
    delay.disable();
    const validation = await validated(engine, samples);
    const cancels: { afterSeconds: number; answeredMilliseconds: number }[] = [];
    for (const afterSeconds of cancelAfter) {
      cancels.push({ afterSeconds, answeredMilliseconds: await cancelled(engine, afterSeconds) });
    }
    const result = {
      runSeconds: seconds,
      longestStallMilliseconds: delay.max / 1e6,
      validation,
      cancels,
      warnings,
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    const late = cancels.filter((cancel) => cancel.answeredMilliseconds > mostCancelMilliseconds);
    if (late.length > 0) {
      process.stderr.write(
        `${late.length} of ${cancels.length} cancels were answered after more than ${mostCancelMilliseconds} ms.\n`,
      );
      process.exitCode = 1;
    }
  } finally {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  }
}

/** The samples, validated as a run is by default. */
async function validated(engine: EngineClient, folder: string) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  let firstHeldOutSeconds: number | undefined;
  await engine.calls.validate(
    {
      target: { path: join(folder, "him.npy") },
      reference: { path: join(folder, "her.npy") },
      options: defaultGedOptions,
      validation: defaultValidationOptions,
    },
    {
      onProgress: ({ partial }) => {
        if (partial !== undefined) {
          firstHeldOutSeconds ??= (performance.now() - started) / 1000;
        }
      },
    },
  );
  delay.disable();
  return {
    seconds: (performance.now() - started) / 1000,
    firstHeldOutSeconds,
    longestStallMilliseconds: delay.max / 1e6,
  };
}

/** Milliseconds from a cancel to its answer. */
async function cancelled(engine: EngineClient, afterSeconds: number): Promise<number> {
  const stop = new AbortController();
  const run = engine.calls.run(request, { signal: stop.signal }).then(
    () => undefined,
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 1000 * afterSeconds));
  const started = performance.now();
  stop.abort();
  await run;
  return performance.now() - started;
}

void main();
