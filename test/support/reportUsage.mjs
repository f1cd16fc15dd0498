// Loaded before the command line: what it took is told on its last line of standard error.
import { writeSync } from "node:fs";
import process from "node:process";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { seconds: (userCPUTime + systemCPUTime) / 1e6, bytes: maxRSS * 1024 };
  writeSync(2, `\n${JSON.stringify(usage)}`);
});
