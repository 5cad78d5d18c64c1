/** The policy that docs/deploying.md gives to a deployer allows every call that we make, and no other. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const packageFolder = join(import.meta.dirname, "..");

/** Where the calls of each service are named, and the service's prefix in IAM. */
const clients = [
  { prefix: "states", file: "states-client.ts", type: "StatesClient" },
  { prefix: "lambda", file: "functions/functions-client.ts", type: "FunctionsClient" },
  { prefix: "scheduler", file: "schedule.ts", type: "ScheduleClient" },
  { prefix: "cloudwatch", file: "version-health.ts", type: "AlarmsClient" },
] as const;

async function actionsOf({ prefix, file, type }: (typeof clients)[number]): Promise<readonly string[]> {
  const source = await readFile(join(packageFolder, "src", file), "utf8");
  const [, body = ""] = new RegExp(`export interface ${type} \\{\\n(.*?)\\n\\}`, "s").exec(source) ?? [];
  return Array.from(body.matchAll(/^ {2}(\w+)\(/gm), ([, call = ""]) => actionOf(prefix, call));
}

/** The calls that values make, which stand in no interface of ours. */
async function valueActions(): Promise<readonly string[]> {
  const source = await readFile(join(packageFolder, "src/aws/connect.ts"), "utf8");
  const prefixes: Readonly<Record<string, string>> = { parameters: "ssm", stacks: "cloudformation" };
  return Array.from(source.matchAll(/\(await (\w+)\(\)\)\.(\w+)\(/g), ([, client = "", call = ""]) =>
    actionOf(prefixes[client] ?? client, call),
  );
}

function actionOf(prefix: string, call: string): string {
  return `${prefix}:${call.charAt(0).toUpperCase()}${call.slice(1)}`;
}

async function printedActions(): Promise<readonly string[]> {
  const page = await readFile(join(packageFolder, "../../docs/deploying.md"), "utf8");
  const [, text = "{}"] = /```json\n(\{\n {2}"Version".*?)```/s.exec(page) ?? [];
  const policy = JSON.parse(text) as { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
  return policy.Statement.flatMap(({ Action }) => Action);
}

test("the deployer's policy allows what a deployment calls", async () => {
  const calls = [...(await Promise.all(clients.map(actionsOf))).flat(), ...(await valueActions())];
  expect(calls.length).toBeGreaterThan(25);
  // A role is handed to Step Functions and to the scheduler; that is no call.
  expect((await printedActions()).toSorted()).toEqual([...calls, "iam:PassRole"].toSorted());
});
