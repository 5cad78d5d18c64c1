/**
 * Writes what integrations can answer, as the SDK's clients know it. Run it after an update of the clients:
 * `node --conditions=@stepwright/source scripts/result-shapes/main.ts`.
 */
import { writeFileSync } from "node:fs";
import { generatedText, outputFile } from "./generated-text.ts";

writeFileSync(outputFile, await generatedText());
