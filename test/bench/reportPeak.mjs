// Loaded before the command line by the benchmark: writes peak memory and processor time of the process when it ends.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const target = process.env["EIGENLENS_PEAK_FILE"];
  if (target === undefined) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const measured = { peakMegabytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
  writeFileSync(target, JSON.stringify(measured));
});
