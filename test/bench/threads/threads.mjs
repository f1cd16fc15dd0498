// Whether the engine collapses with more threads than processors: `node test/bench/threads/threads.mjs`.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { cache, here } from "../environment.mjs";

mkdirSync(cache, { recursive: true });
const program = join(cache, "threads.cjs");
await build({
  entryPoints: [join(here, "threads", "run.ts")],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  logLevel: "error",
});
const { status } = spawnSync(process.execPath, [program], { stdio: "inherit" });
process.exitCode = status ?? 1;
