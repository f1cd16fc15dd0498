import type { SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import { startPage } from "../startPage.ts";
import "../styles/file.css";
import { sweep, type HostToSweep } from "./view.ts";

startPage<HostToSweep, SeriesToHost>(sweep, ({ view }) => ({ view }));
