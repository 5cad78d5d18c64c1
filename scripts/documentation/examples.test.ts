/** Every TypeScript example of the pages type-checks, as its reader would type it in. */
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** What the cookbook's first example says; behind it stand ten that take it for granted. */
const cookbook = `import * as dsl from "@stepwright/dsl";
import type { PathFlow } from "@stepwright/dsl";
const { aslRule, awsSdk, defineTask, Jsonata, jsonata, machine, numericLessThan, plain, States, stepFunctions } = dsl;
const train = defineTask<{ modelId: string }, { auc: number }, "NoCapacity" | "BadData">("Train");
const notify = defineTask<{ text: string }, null>("Notify");
const start = machine("Retrain", { input: plain<{ modelId: string; bucket: string; key: string }>() });
const inJsonata = machine("Retrain", {
  input: plain<{ modelId: string; scores: { model: string; auc: number }[] }>(),
  queryLanguage: "JSONata",
});`;

/** What a page's example (`page#number`, from 1) takes for granted; whole programs need none. */
const takenForGranted: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from({ length: 10 }, (_unused, index) => [`docs/cookbook.md#${index + 2}`, cookbook])),
  "docs/import.md#1": `import { defineTask, machine, plain, stringEquals } from "@stepwright/dsl";`,
  "packages/deploy/README.md#1": `declare const desired: import("@stepwright/deploy").DesiredStateMachine;`,
  "packages/dsl/README.md#2": `import { defineTask, machine, plain } from "@stepwright/dsl";
const train = defineTask<{ modelId: string }, { auc: number }>("Train");`,
  ...Object.fromEntries(
    [1, 2, 3].map((number) => [
      `packages/local-runner/README.md#${number}`,
      `declare const definition: import("@stepwright/asl").StateMachineDefinition;`,
    ]),
  ),
};

const pages = globSync(["*.md", "docs/**/*.md", "packages/*/*.md", "apps/*/*.md"], { cwd: root }).toSorted();

test("the examples of the pages compile", { timeout: 60_000 }, async () => {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for (const page of pages) {
      const examples = examplesIn(await readFile(path.join(root, page), "utf8"));
      if (examples.length === 0) continue;
      const folder = await mkdtemp(path.join(await placeFor(page), "examples-"));
      folders.push(folder);
      for (const [index, example] of examples.entries()) {
        const file = path.join(folder, `${path.basename(page, ".md")}-${index + 1}.ts`);
        const granted = takenForGranted[`${page.replaceAll(path.sep, "/")}#${index + 1}`] ?? "";
        await writeFile(file, `${granted}\n${example}\nexport {};\n`);
        files.push(file);
      }
    }
    expect(files.length).toBeGreaterThanOrEqual(7);
    expect(await typeErrors(files, folders[0] ?? root)).toBe("");
  } finally {
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
});

function examplesIn(page: string): readonly string[] {
  return Array.from(page.matchAll(/^```ts\n(?<code>[\s\S]*?)^```$/gm), (match) => match.groups?.["code"] ?? "");
}

/** A folder from which the page's imports are found: its own package; for pages of the whole and of the handlers, the app. */
async function placeFor(page: string): Promise<string> {
  const own = /^packages[\\/](?!handlers)[^\\/]+/.exec(page)?.[0] ?? "apps/retrain-pipeline";
  const place = path.join(root, own, ".scratch");
  await mkdir(place, { recursive: true });
  return place;
}

async function typeErrors(files: readonly string[], folder: string): Promise<string> {
  const project = path.join(folder, "tsconfig.json");
  await writeFile(project, JSON.stringify({ extends: path.join(root, "tsconfig.base.json"), files }));
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", project, "--pretty", "false"]);
    return "";
  } catch (error) {
    return String((error as { readonly stdout?: unknown }).stdout);
  }
}
