/** What VS Code gives a webview, with the messages of one protocol. */
export interface Host<Outgoing> {
  post(message: Outgoing): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** VS Code's side of this webview; it may be acquired once only. */
export function connectHost<Outgoing>(): Host<Outgoing> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state);
    },
  };
}

/** Sends whatever is thrown inside this webview to the log, with its stack; nothing else would show it. */
export function reportFaults(
  post: (fault: { kind: "fault"; message: string; stack?: string }) => void,
): void {
  const report = (thrown: unknown): void => {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    post({ kind: "fault", message, ...(stack === undefined ? {} : { stack }) });
  };
  addEventListener("error", (event) => {
    report(event.error ?? event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    report(event.reason);
  });
}

/**
 * Calls `handle` with each message of the host's. Messages of other origins (extensions of the
 * browser, for one) have no `kind` and are passed over.
 */
export function listen<Incoming extends { readonly kind: string }>(
  handle: (message: Incoming) => void,
): void {
  addEventListener("message", (event: MessageEvent<unknown>) => {
    const { data } = event;
    if (typeof data === "object" && data !== null && "kind" in data) handle(data as Incoming);
  });
}

/** Calls `end` when the page is left for good: a page that is kept may come back as it was. */
export function onLeave(end: () => void): void {
  addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) end();
  });
}
