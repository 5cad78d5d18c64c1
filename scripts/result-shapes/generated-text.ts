/** Names, types and what is always there, of the results of integrations. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CompactShape } from "../../packages/local-runner/src/test-state/compact-shape.ts";
import { integrations } from "./integrations.ts";
import { shapeOf } from "./shape-of.ts";
import type { StaticSchema } from "./shape-of.ts";

const runner = join(import.meta.dirname, "../../packages/local-runner");

export const outputFile = join(runner, "src/test-state/result-shapes.generated.ts");

const header = `/** Written by scripts/result-shapes/main.ts from the models of the AWS SDK. */
import type { CompactObject } from "./compact-shape.ts";

export const generatedShapes: Readonly<Record<string, CompactObject>> = `;

export async function generatedText(): Promise<string> {
  const entries: (readonly [key: string, shape: CompactShape])[] = [];
  for (const { client, keys, operation, path = [], wrapIn } of integrations) {
    const shape = shapeOf(await schemaOf(client, operation), path);
    for (const key of keys) entries.push([key, wrapIn === undefined ? shape : { [wrapIn]: shape }]);
  }
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${header}${JSON.stringify(Object.fromEntries(sorted))};\n`;
}

async function schemaOf(client: string, operation: string): Promise<StaticSchema> {
  // The clients are dependencies of the runner's tests, not of the workspace.
  const resolved = createRequire(join(runner, "package.json")).resolve(`@aws-sdk/client-${client}`);
  const module = (await import(pathToFileURL(resolved).href)) as Readonly<Record<string, StaticSchema>>;
  const schema = module[`${operation}$`];
  if (schema === undefined) throw new Error(`@aws-sdk/client-${client} has no schema of ${operation}`);
  return schema;
}
