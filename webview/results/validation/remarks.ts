import { element } from "../../components/dom.ts";

/** Remarks below a heading; nothing if there are none. @param part ends in "warnings" where they are that */
export function remarkList(
  part: string,
  title: string,
  remarks: readonly string[] | undefined,
): HTMLElement[] {
  if (!remarks || remarks.length === 0) return [];
  return [
    element(
      "div",
      { class: part.endsWith("warnings") ? "notice warning" : "notice", "data-part": part },
      element("strong", {}, title),
      element("ul", {}, ...remarks.map((remark) => element("li", {}, remark))),
    ),
  ];
}
