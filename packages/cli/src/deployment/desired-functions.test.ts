import { generate } from "@stepwright/codegen";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { bundledCode } from "./desired-functions.ts";

/** With a module that the handler loads later, which may be a file of its own in the bundle. */
async function project(greeting: string) {
  const folder = await projectFolder({
    ...greetingProject,
    "src/words/greeting.ts": `export const greeting = ${JSON.stringify(greeting)};`,
  });
  await generate(folder);
  const handler = `export const handler = async () => import("../../words/greeting.ts");`;
  await folder.write("src/handlers/greet-guest/handler.ts", handler);
  return folder;
}

test("the same handlers are the same code in every folder and every time, and others are not", async () => {
  await using one = await project("Hello");
  await using same = await project("Hello");
  const code = await bundledCode(one.configFile);
  expect([...code.keys()]).toEqual(["GreetGuest"]);
  expect(await bundledCode(same.configFile)).toEqual(code);
  await one.write("src/words/greeting.ts", `export const greeting = "Good evening";`);
  expect((await bundledCode(one.configFile)).get("GreetGuest")?.sha256).not.toBe(code.get("GreetGuest")?.sha256);
  // What the other bundle left behind is no part of it.
  await one.write("src/words/greeting.ts", `export const greeting = "Hello";`);
  expect(await bundledCode(one.configFile)).toEqual(code);
});
