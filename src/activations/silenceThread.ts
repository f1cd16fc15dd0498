// Imported first by threads that run a library: what it prints is for nobody's eyes, and once anything was printed a
// worker keeps its program alive, though it was unref'd. Libraries take hold of these functions when they are loaded.
for (const print of ["log", "info", "debug", "warn", "error"] as const) {
  // Libraries reach for the global console, whatever a linter thinks of ours.
  globalThis.console[print] = () => undefined;
}
