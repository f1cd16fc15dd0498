import type { FileView } from "../../src/protocol/views/fileView.ts";
import {
  changeDetector,
  element,
  setShown,
  setText,
  uniqueId,
  type View,
} from "../components/dom.ts";

/** A list to choose the tensor from; only its description where there is one tensor alone. */
export function tensorChooser(choose: (tensor: string) => void): View<FileView> {
  const id = uniqueId("tensor");
  const label = element("label", { for: id, class: "label" });
  const select = element("select", { id, "data-part": "tensor" });
  select.addEventListener("change", () => {
    choose(select.value);
  });
  const root = element("p", { class: "chooser" }, label, select);
  const changed = changeDetector();
  return {
    element: root,
    update({ tensors, chosen, labels }) {
      setText(label, labels.tensor);
      setShown(root, tensors.length > 1);
      if (changed(JSON.stringify(tensors))) {
        select.replaceChildren(
          ...tensors.map(({ name, description, readable, role }) => {
            const sign = role === "target" ? "● " : role === "reference" ? "▲ " : "";
            const option = element(
              "option",
              { value: name, disabled: !readable },
              `${sign}${name}  ${description}`,
            );
            return option;
          }),
        );
      }
      if (chosen !== undefined) select.value = chosen;
    },
  };
}
