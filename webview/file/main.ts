import type { FileToHost, HostToFile } from "../../src/protocol/views/fileView.ts";
import { startPage } from "../startPage.ts";
import "../styles/file.css";
import { fileEditor } from "./view.ts";

startPage<HostToFile, FileToHost>(fileEditor);
