import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toolNames, type ToolName } from "../../src/protocol/tools.ts";
import { ensureEditor } from "../editor/install.mjs";
import { launchEditor, type RunningEditor } from "../editor/launch.mjs";
import { packExtension } from "../editor/packExtension.mjs";
import { extensionPackage, root } from "../editor/paths.mjs";
import { writeLayers, plantedLayer } from "./support/layers.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { keepPicturesOfFailures, screenshot } from "./support/screenshots.ts";
import type { CallAnswers, ToolCall } from "./support/toolCaller.ts";
import { Workbench } from "./support/workbench.ts";

describe("the tools of language models", () => {
  let temporary: string;
  let folder: string;
  let editor: RunningEditor;
  let workbench: Workbench;
  /** What the last dialog said. */
  let asked = "";
  /** The document of the run that a tool made. */
  let run = "";
  const pair = { target: "him.npy", reference: "her.npy" };

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), "eigenlens-tools-"));
    folder = join(temporary, "work");
    mkdirSync(folder);
    cpSync(join(root, "samples"), folder, { recursive: true });
    writeLayers(join(folder, "model.safetensors"), 3, plantedLayer);
    const caller = packExtension(temporary, {
      publisher: "eigenlens-tests",
      name: "caller",
      entry: join(import.meta.dirname, "support", "toolCaller.ts"),
      commands: [{ command: "caller.call", title: "Caller: Call Tools" }],
    });
    editor = await launchEditor({
      editor: await ensureEditor(() => undefined),
      folder,
      extension: extensionPackage,
      others: [caller],
      // Without them the editor offers no server.
      settings: { "chat.disableAIFeatures": false, "eigenlens.validation": "onDemand" },
    });
    workbench = await Workbench.openUrl(editor.url, "him.npy");
  });
  afterAll(async () => {
    expect(workbench.pageErrors).toEqual([]);
    await workbench.close();
    await editor.stop();
    rmSync(temporary, { recursive: true });
  });
  keepPicturesOfFailures(() => workbench);

  /** Calls tools through the editor's API. @param button of the dialog, if one asks before a tool is used */
  async function call(calls: readonly ToolCall[], button?: "Yes" | "Cancel"): Promise<CallAnswers> {
    const answers = join(folder, "answers.json");
    rmSync(answers, { force: true });
    writeFileSync(join(folder, "calls.json"), JSON.stringify(calls));
    await workbench.runCommand("Caller: Call Tools");
    if (button !== undefined) {
      const dialog = workbench.page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      asked = await dialog.innerText();
      await dialog.getByRole("button", { name: button }).click();
    }
    await expect.poll(() => existsSync(answers), { timeout: 40_000 }).toBe(true);
    return JSON.parse(readFileSync(answers, "utf8")) as CallAnswers;
  }

  const use = (name: ToolName, input: object): ToolCall => ({ name, input });
  /** The second text is the result as JSON, by the tool's schema. */
  const resultOf = ({ answers: [answer] }: CallAnswers): Readonly<Record<string, unknown>> => {
    expect(answer?.error).toBeUndefined();
    return JSON.parse(answer?.texts?.[1] ?? "") as Readonly<Record<string, unknown>>;
  };

  test("are known to the editor, and look into a file", async () => {
    const called = await call([use("inspect_activations", { path: "him.npy" })]);
    expect(called.tools).toEqual(expect.arrayContaining([...toolNames]));
    expect(called.answers[0]?.texts?.[0]).toContain("53 x 3072 float32");
    expect(resultOf(called)).toMatchObject({ tensors: [{ shape: [53, 3072], dtype: "float32" }] });
  });

  test("run nothing that the user refuses", async () => {
    const { answers } = await call([use("run_ged", pair)], "Cancel");
    expect(asked).toContain("Read him.npy (target) and her.npy (reference)");
    expect(answers).toEqual([{ error: expect.stringMatching(/cancel/i) as string }]);
    expect(await workbench.tabNames()).toEqual([]);
  });

  test("run what the user allows, in the panel where runs are seen", async () => {
    const result = resultOf(await call([use("run_ged", pair)], "Yes"));
    expect(result).toMatchObject({ neurons: 3072, components: 74 });
    run = String(result["run"]);
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.component()).toBe(1);
    await screenshot(workbench, "tools-run");
  });

  test("read, validate and transfer the stored run, and sweep layers, without a question", async () => {
    const few = { permutations: 9, folds: 3, repeats: 1 };
    const { answers } = await call([
      use("read_run", { run }),
      use("validate_run", { run, ...few }),
      use("transfer_direction", { run, ...pair, permutations: 9 }),
      use("sweep_layers", { files: ["model.safetensors"], ...few }),
    ]);
    expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
    const results = answers.map((answer) => resultOf({ tools: [], answers: [answer] }));
    expect(results[0]).toMatchObject({ run, neurons: 3072 });
    expect(results[1]).toMatchObject({ validation: { clusters: expect.any(Number) as number } });
    expect(results[3]?.["layers"]).toHaveLength(12);
  });

  test("write a file once the user agreed, and nothing outside the workspace", async () => {
    const out = join(folder, "him.direction.safetensors");
    const exported = await call([use("export_direction", { run, out })], "Yes");
    expect(resultOf(exported)).toMatchObject({ carries: "him" });
    expect(readFileSync(out).subarray(8, 4096).toString("latin1")).toContain("eigenlens.direction");
    const outside = join(temporary, "out.direction.safetensors");
    const refused = await call([use("export_direction", { run, out: outside })], "Yes");
    expect(refused.answers[0]?.error).toMatch(/out\.direction\.safetensors.*outside/);
    expect(existsSync(outside)).toBe(false);
  });

  test("are offered as a server too, which the editor starts and lists", async () => {
    await workbench.runCommand("MCP: List Servers");
    await workbench.quickInputRow("Eigenlens").click();
    await workbench.quickInputRow("Start Server").click();
    const served = toolNames.map((name) => expect.stringMatching(`^mcp_.*${name}$`) as string);
    await expect
      .poll(async () => (await call([])).tools, { timeout: 40_000, interval: 2_000 })
      .toEqual(expect.arrayContaining(served));
    await screenshot(workbench, "tools-server");
  });
});
