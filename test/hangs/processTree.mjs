import { readdirSync, readFileSync } from "node:fs";

/**
 * The processes that one has started, and those that these have.
 * @param {number} ancestor
 * @returns {{ pid: number, parent: number }[]} empty on systems without `/proc`
 */
export function descendantsOf(ancestor) {
  const processes = numbersIn("/proc").map((pid) => {
    return { pid, parent: statusOf(`/proc/${pid}`).parent };
  });
  const family = new Set([ancestor]);
  // Ids are given anew, so that a child may come before its parent.
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid) && pid !== ancestor);
}

/**
 * What a process is doing: a line with its command, and one per thread with the thread's state (`R` if it computes),
 * the place in the kernel where it waits (a `futex` is a lock) and the processor time that it has had.
 * @param {{ pid: number, parent: number }} process
 * @returns {string[]}
 */
export function describeProcess({ pid, parent }) {
  const threads = numbersIn(`/proc/${pid}/task`).map((thread) => {
    const { name, state, ticks } = statusOf(`/proc/${pid}/task/${thread}`);
    const waits = read(`/proc/${pid}/task/${thread}/wchan`) || "-";
    return `  thread ${thread} ${name}: ${state}, ${waits}, ${ticks} ticks`;
  });
  return [`process ${pid} of ${parent}: ${commandOf(pid)}`, ...threads];
}

/** @param {string} folder of `/proc` */
function numbersIn(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** @param {number} pid */
function commandOf(pid) {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim().slice(0, 300);
}

/** @param {string} folder of a process or a thread in `/proc` (proc(5), `stat`) */
function statusOf(folder) {
  const stat = read(`${folder}/stat`);
  const end = stat.lastIndexOf(")");
  const [state = "?", parent = "", ...rest] = stat.slice(end + 2).split(" ");
  const ticks = Number(rest[9] ?? 0) + Number(rest[10] ?? 0);
  return { name: stat.slice(stat.indexOf("(") + 1, end), state, parent: Number(parent), ticks };
}

/**
 * A file of a process, which may have ended meanwhile.
 * @param {string} path
 */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
