// Loaded before the command line by the benchmark: writes the peak memory of the process when it ends.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const target = process.env["EIGENLENS_PEAK_FILE"];
  if (target !== undefined) writeFileSync(target, String(process.resourceUsage().maxRSS / 1024));
});
