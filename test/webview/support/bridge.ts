import { themes, type ThemeName } from "./themes.ts";
import { fromWire, toWire } from "./wire.ts";

// Runs in the page before a webview's bundle: what VS Code would provide, spoken over HTTP to the server.

declare global {
  /** Everything that the webview has sent, for tests to read. */
  var sentMessages: unknown[];
  /** The last validation report that came, for tests to read. */
  var receivedReport: unknown;
  function useTheme(name: ThemeName): void;
}

globalThis.sentMessages = [];

globalThis.useTheme = (name) => {
  const { bodyClass, variables } = themes[name];
  document.documentElement.removeAttribute("style");
  for (const [variable, value] of Object.entries(variables)) {
    document.documentElement.style.setProperty(`--vscode-${variable}`, value);
  }
  document.body.className = bodyClass;
};

const parameters = new URLSearchParams(location.search);
useTheme((parameters.get("theme") ?? "dark") as ThemeName);

function isReport(message: unknown): message is { readonly report: unknown } {
  return (
    typeof message === "object" &&
    message !== null &&
    "kind" in message &&
    message.kind === "validation" &&
    "report" in message
  );
}

async function send(message: unknown): Promise<void> {
  const reply = await fetch(`/message?page=${location.pathname}`, {
    method: "POST",
    body: toWire(message),
  });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return;
    const lines = (pending + part.value).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) {
      const received = fromWire(line);
      if (isReport(received)) globalThis.receivedReport = received.report;
      postMessage(received, "*");
    }
  }
}

const stateKey = `state ${location.pathname}`;

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    postMessage(message: unknown) {
      globalThis.sentMessages.push(message);
      void send(message);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? "null"),
    setState(state: unknown) {
      sessionStorage.setItem(stateKey, JSON.stringify(state));
    },
  }),
});
