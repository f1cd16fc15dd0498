import { chmod, mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * Bundles a program for Node so that what `import()` names lies in files of its own, and is not even parsed before it
 * is asked for. esbuild splits ES modules only, in many small files, while VS Code loads CommonJS and each
 * file takes a third of a millisecond: so the parts that the start needs are put into one file afterwards, and
 * all are rewritten.
 * @param {import("esbuild").BuildOptions & { entryPoints: [string], outfile: string }} options as for one bundle; the
 *   other files lie beside it, called after it
 * @returns {Promise<{ metafile: import("esbuild").Metafile }>} of what the modules were bundled from
 */
export async function splitBundle({ outfile, ...options }) {
  const name = basename(outfile, ".js");
  const folder = dirname(outfile);
  const everything = await split(options, name, folder);
  // What only code asks for that nobody uses would still divide the rest.
  const { parts, imports, metafile } = await split(options, name, folder, everything.unused);
  const start = reached([`${name}.js`], (part) =>
    imports(part).filter(({ kind }) => kind === "import-statement"),
  );
  const later = [...reached(start, imports)].filter((part) => !start.has(part));
  const wanted = later.flatMap((part) => imports(part).map(({ path }) => basename(path)));
  const shared = [...start].filter((part) => wanted.includes(part));

  await mkdir(folder, { recursive: true });
  const files = [`${name}.js`, ...later].map((part) =>
    commonJs(part, { parts, start, shared, name, folder, options }),
  );
  await Promise.all(files);
  return { metafile };
}

/**
 * @param {import("esbuild").BuildOptions & { entryPoints: [string] }} options
 * @param {string} name
 * @param {string} folder
 * @param {ReadonlySet<string>} [left] modules whose `import()` stays as it is
 */
async function split(options, name, folder, left = new Set()) {
  /** @type {import("esbuild").Plugin} */
  const leave = {
    name: "leave",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) =>
        kind === "dynamic-import" && left.has(join(resolveDir, path))
          ? { path, external: true }
          : null,
      );
    },
  };
  const { outputFiles, metafile } = await build({
    ...options,
    plugins: [leave, ...(options.plugins ?? [])],
    entryPoints: [{ in: options.entryPoints[0], out: name }],
    outdir: folder,
    chunkNames: `${name}-[hash]`,
    ...{ format: "esm", splitting: true, metafile: true, write: false },
    // The second pass reads them there.
    sourcemap: options.sourcemap ? "inline" : false,
    legalComments: "inline",
  });
  const parts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const imports = (/** @type {string} */ part) =>
    metafile.outputs[`${folder}/${part}`]?.imports.filter(({ path }) =>
      parts.has(basename(path)),
    ) ?? [];
  const used = reached([`${name}.js`], imports);
  const unused = new Set(
    Object.entries(metafile.outputs)
      .filter(([path]) => !used.has(basename(path)))
      .flatMap(([, { entryPoint }]) => (entryPoint === undefined ? [] : [resolve(entryPoint)])),
  );
  return { parts, imports, metafile, unused };
}

/**
 * @param {Iterable<string>} parts
 * @param {(part: string) => readonly { readonly path: string }[]} imports
 */
function reached(parts, imports) {
  const found = new Set(parts);
  // A set that grows is walked to its last member.
  for (const part of found) for (const { path } of imports(part)) found.add(basename(path));
  return found;
}

/**
 * Writes one part as CommonJS: the first with all that the start needs, the others without.
 * @param {string} part
 * @param {{ parts: Map<string, string>, start: Set<string>, shared: string[], name: string, folder: string, options: import("esbuild").BuildOptions }} bundle
 */
async function commonJs(part, { parts, start, shared, name, folder, options }) {
  const first = `${name}.js`;
  const contents = parts.get(part) ?? "";
  /** @type {import("esbuild").Plugin} */
  const parted = {
    name: "parts",
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path, kind }) => {
        const inStart = kind === "import-statement" && start.has(basename(path));
        return inStart ? { path: basename(path), namespace: "part" } : { path, external: true };
      });
      bundler.onLoad({ filter: /.*/, namespace: "part" }, ({ path }) => ({
        contents:
          part === first
            ? parts.get(path)
            : `module.exports = require("./${first}").part${shared.indexOf(path)};`,
      }));
    },
  };
  const { minify, target, sourcemap, legalComments } = options;
  const reexports = shared.map((each, i) => `export * as part${i} from "./${each}";`);
  const outfile = `${folder}/${part}`;
  await build({
    stdin: { contents: part === first ? [contents, ...reexports].join("\n") : contents },
    outfile,
    plugins: [parted],
    ...{ bundle: true, format: "cjs", platform: "node", logLevel: "warning" },
    ...{ minify, target, legalComments, sourcemap: sourcemap ? "inline" : false },
    // By `require`, as all the rest: `import()` would look for the exports of the script first.
    supported: { "dynamic-import": false },
  });
  if (contents.startsWith("#!")) await chmod(outfile, 0o755);
}
