import { translationsOf } from "../../src/protocol/words/translations.ts";

/** What the host puts into a webview's page before its bundle runs, for modules of the webviews that run in a test. */
globalThis.eigenlensTranslations = translationsOf("en", undefined);
