import { element, setShown, uniqueId } from "./dom.ts";
import { button } from "./toolkit.ts";

export interface MenuItem {
  readonly label: string;
  readonly part: string;
  readonly onChoose: () => void;
}

/**
 * A button that opens a menu (WAI-ARIA menu button pattern): arrow keys, Home and End move, Escape
 * closes and returns the focus, a click elsewhere closes.
 */
export function menuButton(label: string, part: string, items: readonly MenuItem[]): HTMLElement {
  const menuId = uniqueId("menu");
  const menu = element("div", { class: "menu", role: "menu", id: menuId, "aria-label": label });
  const opener = button({
    label: `${label} ▾`,
    name: label,
    part,
    onClick: () => {
      setOpen(menu.hidden);
    },
  });
  const root = element("div", { class: "menu-anchor" }, opener, menu);
  const entries = items.map((item) => {
    const entry = element(
      "button",
      { type: "button", role: "menuitem", tabindex: -1, "data-part": item.part },
      item.label,
    );
    entry.addEventListener("click", () => {
      setOpen(false);
      opener.focus();
      item.onChoose();
    });
    menu.append(entry);
    return entry;
  });
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-controls", menuId);
  setOpen(false);

  function setOpen(open: boolean): void {
    setShown(menu, open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) entries[0]?.focus();
  }

  root.addEventListener("keydown", (event) => {
    if (menu.hidden) return;
    const place = entries.findIndex((entry) => entry === document.activeElement);
    const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
    if (target !== undefined) {
      entries.at(target % entries.length)?.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      setOpen(false);
      opener.focus();
      event.preventDefault();
    } else if (event.key === "Tab") {
      setOpen(false);
    }
  });
  root.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (!(next instanceof Node && root.contains(next))) setOpen(false);
  });
  return root;
}
