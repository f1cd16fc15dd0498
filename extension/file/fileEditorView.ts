import * as vscode from "vscode";
import type { FileSummary } from "../../src/protocol/engine.ts";
import type { HostToFile } from "../../src/protocol/views/fileView.ts";
import type { TensorReadings } from "../activations/tensorReadings.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";
import { attempt } from "../attempt.ts";
import type { MarkStore } from "../views/markStore.ts";
import { fileView, listed } from "./fileView.ts";
import { readFileMessage } from "../webviews/readOtherMessages.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";

export interface FileEditorServices {
  readonly engine: EngineClient;
  readonly log: EngineLog;
  readonly marks: MarkStore;
  readonly readings: TensorReadings;
}

/** One open file editor. */
export class FileEditorView {
  readonly #path: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: FileEditorServices;
  #summary: FileSummary | undefined;
  #chosen: string | undefined;
  #reading: AbortController | undefined;

  constructor(path: string, panel: vscode.WebviewPanel, services: FileEditorServices) {
    this.#path = path;
    this.#panel = panel;
    this.#services = services;
    const messages = panel.webview.onDidReceiveMessage((message: unknown) =>
      this.#receive(message),
    );
    const marks = services.marks.onDidChange(() => this.#sendFile());
    const readings = services.readings.onDidChange((changed) => {
      if (changed === path) this.#attempt(() => this.#open());
    });
    panel.onDidDispose(() => {
      this.#reading?.abort();
      readings.dispose();
      messages.dispose();
      marks.dispose();
    });
  }

  #receive(received: unknown): void {
    const message = readFileMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#attempt(() => this.#open());
      case "choose":
        this.#chosen = message.tensor;
        this.#sendFile();
        return this.#attempt(() => this.#describe());
      case "mark":
        return this.#attempt(() => this.#mark(message.role, message.tensor));
      case "axes":
        return this.#attempt(() => this.#nameAxes(message.tensor));
      case "run":
        return this.#attempt(() => this.#run());
      case "cancel":
        return this.#reading?.abort();
      case "copy":
        return this.#attempt(async () => vscode.env.clipboard.writeText(message.text));
      case "fault":
        return logWebviewFault(this.#services.log, "File editor", message);
      case undefined:
        logUnknownMessage(this.#services.log, "File editor", received);
        return;
      default:
        message satisfies never;
    }
  }

  async #open(): Promise<void> {
    this.#summary = await this.#services.engine.calls.inspect({
      path: this.#path,
      readings: this.#services.readings.all,
    });
    this.#sendFile();
    await this.#describe();
  }

  #sendFile(): void {
    if (!this.#summary) return;
    const view = fileView(this.#summary, this.#services.marks.marks, this.#chosen);
    this.#chosen = view.chosen;
    this.#post({ kind: "file", view });
  }

  /** Reads the chosen tensor's values; a choice made meanwhile takes over. */
  async #describe(): Promise<void> {
    this.#reading?.abort();
    const tensor = this.#chosen;
    if (tensor === undefined) return;
    const reading = new AbortController();
    this.#reading = reading;
    const { words } = this.#services.readings.of(this.#path, tensor) ?? {};
    const info = this.#summary?.tensors.find(({ name }) => name === tensor);
    const found = await this.#services.engine.calls.describe(
      { path: this.#path, tensor, ...(words === undefined ? {} : { words }) },
      {
        signal: reading.signal,
        onProgress: (progress) => this.#post({ kind: "progress", progress }),
      },
    );
    if (this.#reading === reading) {
      this.#post({ kind: "tensor", values: { ...found, tensor: listed(info ?? found.tensor) } });
    }
  }

  async #mark(role: "target" | "reference", tensor: string): Promise<void> {
    const source = { path: this.#path, ...(tensor ? { tensor } : {}) };
    await this.#services.marks.mark(role, source);
  }

  async #nameAxes(tensor: string): Promise<void> {
    const source = { path: this.#path, ...(tensor ? { tensor } : {}) };
    await vscode.commands.executeCommand("eigenlens.nameAxes", { kind: "source", source });
  }

  /** What is marked where both roles are taken, else the choice that begins with this file. */
  async #run(): Promise<void> {
    const { target, reference } = this.#services.marks.marks;
    if (target && reference) await vscode.commands.executeCommand("eigenlens.runMarked");
    else
      await vscode.commands.executeCommand("eigenlens.runSeparation", {
        kind: "file",
        path: this.#path,
      });
  }

  #post(message: HostToFile): void {
    void this.#panel.webview.postMessage(message);
  }

  #attempt(action: () => PromiseLike<void>): void {
    attempt(this.#services.log, action, (message) => this.#post({ kind: "failed", message }));
  }
}
