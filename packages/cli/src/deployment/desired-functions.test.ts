import { generate } from "@stepwright/codegen";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { bundledCode } from "./desired-functions.ts";

async function project(handler: string) {
  const folder = await projectFolder(greetingProject);
  await generate(folder);
  await folder.write("src/handlers/greet-guest/handler.ts", handler);
  return folder;
}

test("the same handlers are the same code in every folder, and others are not", async () => {
  await using one = await project("export const handler = async () => ({ greeting: 'Hello' });");
  await using same = await project("export const handler = async () => ({ greeting: 'Hello' });");
  await using other = await project("export const handler = async () => ({ greeting: 'Good evening' });");
  const code = await bundledCode(one.configFile);
  expect([...code.keys()]).toEqual(["GreetGuest"]);
  expect(await bundledCode(same.configFile)).toEqual(code);
  expect((await bundledCode(other.configFile)).get("GreetGuest")?.sha256).not.toBe(code.get("GreetGuest")?.sha256);
});
