import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

let cwd: string;

function states(seconds: number) {
  return { A: { Type: "Wait", Seconds: seconds, Next: "B" }, B: { Type: "Succeed" } };
}

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "stepwright-diff-"));
  await writeFile(join(cwd, "old.asl.json"), JSON.stringify({ StartAt: "A", States: states(5) }));
  await writeFile(join(cwd, "new.asl.json"), JSON.stringify({ Comment: "x", States: states(9), StartAt: "A" }));
  await writeFile(join(cwd, "same.asl.json"), JSON.stringify({ States: states(5), StartAt: "A" }));
  await writeFile(join(cwd, "broken.asl.json"), "{");
});

afterAll(() => rm(cwd, { recursive: true }));

test("differences are listed by kind, and the exit code says that there are some", async () => {
  expect(await stepwright(["diff", "old.asl.json", "new.asl.json"], { cwd })).toEqual({
    exitCode: 1,
    out: `time     wait of A 5 s -> 9 s  (/States/A)\nwording  comment added to the machine: "x"\n`,
    err: "",
  });
});

test("--json is a document", async () => {
  const { out } = await stepwright(["diff", "old.asl.json", "new.asl.json", "--json"], { cwd });
  expect(JSON.parse(out)).toEqual({
    differences: [
      { kind: "time", message: "wait of A 5 s -> 9 s", location: "/States/A", before: 5, after: 9 },
      { kind: "wording", message: 'comment added to the machine: "x"', location: "/", after: "x" },
    ],
  });
});

test("the order of fields is no difference", async () => {
  expect(await stepwright(["diff", "old.asl.json", "same.asl.json"], { cwd })).toEqual({
    exitCode: 0,
    out: "no differences\n",
    err: "",
  });
});

test("a file that cannot be read as a definition is never the same as another", async () => {
  const { exitCode, err } = await stepwright(["diff", "broken.asl.json", "broken.asl.json"], { cwd });
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^broken\.asl\.json:1:\d+: error INVALID_JSON_DESCRIPTION/);
});

test("a machine of the project can be compared with its generated file", async () => {
  await using project = await projectFolder(greetingProject);
  await stepwright(["generate"], { cwd: project.dir });
  const { exitCode, out } = await stepwright(["diff", "generated/greeting.asl.json", "Greeting"], { cwd: project.dir });
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: "no differences\n" });
});

test("a changed contract is compared with the one that was generated", async () => {
  await using project = await projectFolder(greetingProject);
  await stepwright(["generate"], { cwd: project.dir });
  const contracts = greetingProject["src/contracts.ts"] ?? "";
  await project.write(
    "src/contracts.ts",
    contracts
      .replace("z.string().min(1)", "z.string().min(2)")
      .replace("greeting: z.string()", "greeting: z.string().optional()")
      .replace("GuestUnknown", "GuestGone"),
  );
  const { exitCode, out } = await stepwright(["diff", "generated/greeting.asl.json", "Greeting"], { cwd: project.dir });
  expect({ exitCode, out }).toEqual({
    exitCode: 1,
    out: [
      "contracts  input contract of GreetGuest narrowed: name has at least 1 -> 2 characters  (/States/Greet)",
      "contracts  output contract of GreetGuest widened: greeting may be absent  (/States/Greet)",
      "contracts  GreetGuest may throw GuestGone  (/States/Greet)",
      "contracts  GreetGuest no longer throws GuestUnknown  (/States/Greet)",
      "",
    ].join("\n"),
  });
});
