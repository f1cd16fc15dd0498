import type { SeriesToHost } from "../../src/protocol/views/seriesView.ts";
import { startPage } from "../startPage.ts";
import "../styles/file.css";
import "../styles/pairs.css";
import { pairs, type HostToPairs } from "./view.ts";

startPage<HostToPairs, SeriesToHost>(pairs, ({ view }) => ({ view }));
