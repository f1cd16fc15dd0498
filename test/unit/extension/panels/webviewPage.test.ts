import { describe, expect, it } from "vitest";
import { englishStrings, type Strings } from "../../../../src/protocol/strings.ts";
import { webviewPage } from "../../../../extension/panels/webviewPage.ts";

const page = (strings: Partial<Strings> = {}) =>
  webviewPage({
    title: "him <vs> her",
    cspSource: "https://webview.example",
    script: "https://webview.example/results.js",
    style: "https://webview.example/results.css",
    translations: { language: "en", strings: { ...englishStrings, ...strings }, engine: {} },
  });

describe("the webview's page", () => {
  it("allows nothing that its policy does not name", () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page())?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("*");
  });

  it("gives every script the nonce of the policy, another each time", () => {
    const html = page();
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(html)?.[1];
    expect(nonce).toBeTruthy();
    const scripts = [...html.matchAll(/<script nonce="([^"]+)"/g)].map(([, used]) => used);
    expect(scripts).toEqual([nonce, nonce]);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(page()).not.toContain(nonce);
  });

  it("lets no text break out of its place", () => {
    const html = page({ "header.swap": "</script><script>alert(1)</script>" });
    expect(html).toContain("<title>him &lt;vs&gt; her</title>");
    expect(html).not.toContain("<script>alert");
  });
});
