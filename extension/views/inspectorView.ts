import type * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import type { HostToInspector, Inspected, InspectorCommand } from "../../src/protocol/inspector.ts";
import { Latest } from "../../src/protocol/latest.ts";
import { inspect, selectedComponent } from "../inspector/inspect.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";
import type { Selected, SelectionHub } from "../selectionHub.ts";
import { webviewBundle } from "../panels/webviewBundle.ts";
import { readInspectorMessage } from "../webviews/readOtherMessages.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";

export interface InspectorServices {
  readonly log: EngineLog;
  readonly selection: SelectionHub;
  /** Of the extension itself. */
  readonly extensionUri: vscode.Uri;
  command(command: InspectorCommand): Promise<void>;
}

/** How many components the charts across components show. */
const firstComponentCount = 8;

/** The side panel's inspector: follows whatever was last chosen in any result panel. */
export class InspectorViewProvider implements vscode.WebviewViewProvider {
  readonly #services: InspectorServices;
  #webview: vscode.Webview | undefined;
  #ready = false;
  /** A panel whose slider is dragged tells of each solution. */
  readonly #descriptions = new Latest<Selected | undefined>((selected) => this.#describe(selected));

  constructor(services: InspectorServices) {
    this.#services = services;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#webview = view.webview;
    this.#ready = false;
    const bundle = webviewBundle(this.#services.extensionUri, "inspector", "Inspector");
    view.webview.options = bundle.options;
    const stopListening = this.#services.selection.onDidChange((selected) => this.#show(selected));
    const messages = view.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    view.onDidDispose(() => {
      stopListening();
      messages.dispose();
      this.#webview = undefined;
    });
    view.webview.html = bundle.page(view.webview);
  }

  #receive(received: unknown): void {
    const message = readInspectorMessage(received);
    switch (message?.kind) {
      case "ready":
        this.#ready = true;
        this.#show(this.#services.selection.selected);
        break;
      case "command":
        void this.#services.command(message.command);
        break;
      case "fault":
        logWebviewFault(this.#services.log, "Inspector", message);
        break;
      case undefined:
        logUnknownMessage(this.#services.log, "Inspector", received);
        break;
      default:
        message satisfies never;
    }
  }

  #show(selected: Selected | undefined): void {
    if (this.#ready) this.#descriptions.ask(selected);
  }

  async #describe(selected: Selected | undefined): Promise<void> {
    try {
      this.#post(
        selected ? { kind: "shown", shown: await inspected(selected) } : { kind: "empty" },
      );
    } catch (thrown) {
      this.#services.log.warn(`Inspector: ${describeError(thrown).message}`);
    }
  }

  #post(message: HostToInspector): void {
    void this.#webview?.postMessage(message);
  }
}

async function inspected({ selection, run }: Selected): Promise<Inspected> {
  const { direction } = selection;
  const { shown } = run;
  const mapped = shown.view.mappedComponents[direction];
  const count = selection.kind === "component" ? 0 : Math.min(firstComponentCount, mapped);
  // Another solution may have fewer; the panel itself shows its last one then.
  const index = Math.max(0, Math.min(selectedComponent(selection), mapped - 1));
  const component = await shown.component({ direction, index });
  const firstComponents = await Promise.all(
    Array.from({ length: count }, (_, place) => shown.component({ direction, index: place })),
  );
  return inspect(selection, { view: shown.view, component, firstComponents });
}
