/**
 * Makes Ctrl+C give numbers with full precision: where the selection touches table cells, they are
 * copied tab-separated, with the number behind the six digits that are shown.
 */
export function installExactCopy(root: Document): void {
  root.addEventListener("copy", (event) => {
    const selection = root.getSelection();
    if (!selection || selection.isCollapsed || !event.clipboardData) return;
    const rows = [...root.querySelectorAll("tr, [role='row']")].filter((row) =>
      selection.containsNode(row, true),
    );
    if (rows.length === 0) return;
    const lines = rows.map((row) =>
      [...row.children]
        .filter((cell) => selection.containsNode(cell, true))
        .map((cell) =>
          cell instanceof HTMLElement ? (cell.dataset["exact"] ?? cell.textContent) : "",
        )
        .join("\t"),
    );
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  });
}
