import type {
  ComparisonToHost,
  HostToComparison,
} from "../../src/protocol/views/comparisonView.ts";
import { startPage } from "../startPage.ts";
import "../styles/file.css";
import { comparison } from "./view.ts";

startPage<HostToComparison, ComparisonToHost>(comparison, (message) =>
  message.kind === "comparison" ? { runIds: message.runIds } : undefined,
);
