// Type-checks a project with `noUncheckedIndexedAccess`: what is read at an index may be missing, and code says what
// happens then. The compiler's switch is all or nothing for a program; here the numeric folders opt out.
//
//   node scripts/typecheck/indexAccess.mjs [PROJECT ...]
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Loops over matrices, whose bounds are the shapes that were checked on entry: a check per element would hide the
 * formula and slow the loop, and what it could say (a number is missing) no caller could act on.
 */
const NUMERIC = [
  "src/linalg/",
  "src/ged/",
  "src/statistics/",
  "src/moments/",
  "src/directions/",
  "src/activations/rows/columnMoments.ts",
  "src/runs/mapDirection.ts",
];

/** @param {string} file */
function named(file) {
  return relative(root, file).split(sep).join("/");
}

/** @param {string} project folder of a tsconfig.json */
function indexErrors(project) {
  const path = join(root, project, "tsconfig.json");
  const parsed = ts.getParsedCommandLineOfConfigFile(
    path,
    { noUncheckedIndexedAccess: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (fault) => {
        throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, " "));
      },
    },
  );
  if (parsed === undefined) throw new Error(`${path} cannot be read.`);
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  return parsed.fileNames
    .filter((file) => !NUMERIC.some((folder) => named(file).startsWith(folder)))
    .flatMap((file) => {
      const source = program.getSourceFile(file);
      return source === undefined ? [] : program.getSemanticDiagnostics(source);
    });
}

let found = 0;
const projects = process.argv.slice(2);
for (const project of projects.length > 0 ? projects : ["src", "extension", "webview"]) {
  for (const { file, start, messageText } of indexErrors(project)) {
    found += 1;
    const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    const place = file ? `${named(file.fileName)}:${line}` : project;
    console.error(`${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  }
}
if (found > 0) {
  console.error(`${found} values are read at an index without asking whether they are there.`);
  process.exitCode = 1;
}
