/** The definition that runs: the generated file, brought up to date first when the machine's source says otherwise. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { printDefinition } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import { build } from "@stepwright/dsl";
import batchRetrain from "./batch-retrain.machine.ts";

export interface GeneratedDefinition {
  readonly definition: StateMachineDefinition;
  readonly file: string;
  /** False when the file already said what the source says. */
  readonly written: boolean;
}

export async function generateDefinition(appFolder: string): Promise<GeneratedDefinition> {
  const file = path.join(appFolder, "generated/batch-retrain.asl.json");
  const wanted = printDefinition(build(batchRetrain).definition);
  const written = (await readIfPresent(file)) !== wanted;
  if (written) {
    // Loaded only here: bundling the project and compiling its validators takes most of a second.
    const { generate } = await import("@stepwright/codegen");
    await generate({ configFile: path.join(appFolder, "stepwright.config.ts") });
  }
  return { definition: JSON.parse(await readFile(file, "utf8")), file, written };
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
