import type { FileView, ListedTensor } from "../../src/protocol/views/fileView.ts";
import { describeTensor } from "../../src/protocol/words/shapes.ts";
import { changeDetector, element, setShown, uniqueId, type View } from "../components/dom.ts";
import { engineText, text } from "../text.ts";

/** A list to choose the tensor from; only its description where there is one tensor alone. */
export function tensorChooser(choose: (tensor: string) => void): View<FileView> {
  const id = uniqueId("tensor");
  const label = element("label", { for: id, class: "label" }, text("file.tensor"));
  const select = element("select", { id, "data-part": "tensor" });
  select.addEventListener("change", () => {
    choose(select.value);
  });
  const root = element("p", { class: "chooser" }, label, select);
  const changed = changeDetector();
  return {
    element: root,
    update({ tensors, chosen }) {
      setShown(root, tensors.length > 1);
      if (changed(JSON.stringify(tensors))) {
        select.replaceChildren(
          ...tensors.map(({ info, readable, role }) => {
            const sign = role === "target" ? "● " : role === "reference" ? "▲ " : "";
            const option = element(
              "option",
              { value: info.name, disabled: !readable },
              `${sign}${info.name}  ${descriptionOf(info)}`,
            );
            return option;
          }),
        );
      }
      if (chosen !== undefined) select.value = chosen;
    },
  };
}

/** "53 x 3072 f32", or why it cannot be read. */
function descriptionOf(info: ListedTensor): string {
  return info.unreadable === undefined ? describeTensor(info) : engineText(info.unreadable);
}
