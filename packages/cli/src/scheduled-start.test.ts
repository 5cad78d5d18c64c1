import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../codegen/test/project-folder.ts";
import { stepwright } from "../test/captured-terminal.ts";

const handler = `export const handler = async ({ name }: { name: string }) => ({ greeting: \`Hello, \${name}\` });`;

async function project(schedule: object, more: Readonly<Record<string, string>> = {}) {
  const config = {
    machines: ["src/greeting.machine.ts"],
    infrastructure: { formats: [], machines: { Greeting: { schedule } } },
  };
  return projectFolder({
    ...greetingProject,
    "stepwright.config.ts": `export default ${JSON.stringify(config)};`,
    "src/handlers/greet-guest/handler.ts": handler,
    ...more,
  });
}

const runAt = (dir: string, ...args: readonly string[]) =>
  stepwright(["run", "Greeting", "--time", "virtual", ...args], { cwd: dir });

test("a machine runs as its schedule would start it, with the time filled in", async () => {
  await using folder = await project({
    expression: "cron(0 3 1 * ? *)",
    input: { name: "the guest of <aws.scheduler.scheduled-time>" },
  });
  const { exitCode, out } = await runAt(folder.dir, "--at", "2026-11-01T03:00:00Z");
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual({ greeting: "Hello, the guest of 2026-11-01T03:00:00Z" });
});

test("a module says what the starter would start, and virtual time begins there", async () => {
  await using folder = await project(
    { expression: "rate(1 day)", start: "src/daily.ts" },
    {
      "src/daily.ts":
        "export default async (at: string) => ({ name: `day-${at.slice(0, 10)}`, input: { name: at, no: undefined } });",
    },
  );
  const { out } = await runAt(folder.dir, "--at", "2026-11-01", "--history", "history.json");
  expect(JSON.parse(out)).toEqual({ greeting: "Hello, 2026-11-01T00:00:00Z" });
  const { events } = JSON.parse(await folder.read("history.json")) as { events: { timestamp: number }[] };
  expect(new Date((events[0]?.timestamp ?? 0) * 1000).toISOString()).toBe("2026-11-01T00:00:00.000Z");
});

test.each<[string, object, readonly string[], string]>([
  [
    "a time that is none",
    { expression: "rate(1 day)" },
    ["--at", "soon"],
    '--at is "soon"; wanted a date or a time, such as 2026-11-01T03:00:00Z',
  ],
  [
    "an input besides",
    { expression: "rate(1 day)" },
    ["--at", "2026-11-01", "--input", "{}"],
    "Found --at and --input; wanted one of them",
  ],
  [
    "a function that nobody can ask here",
    { expression: "rate(1 day)", function: "GreetGuest" },
    ["--at", "2026-11-01"],
    "Greeting is started by the function GreetGuest; wanted infrastructure.machines.Greeting.schedule.start",
  ],
  [
    "a module that starts nothing",
    { expression: "rate(1 day)", start: "src/empty.ts" },
    ["--at", "2026-11-01"],
    "src/empty.ts answers {} at 2026-11-01T00:00:00Z; wanted { name, input }",
  ],
  [
    "a module without a function",
    { expression: "rate(1 day)", start: "src/none.ts" },
    ["--at", "2026-11-01"],
    "src/none.ts has no default export that is a function; wanted (scheduledTime) => ({ name, input })",
  ],
])("%s is refused", async (_, schedule, args, message) => {
  await using folder = await project(schedule, {
    "src/empty.ts": "export default () => ({});",
    "src/none.ts": "export const start = 1;",
  });
  const { err, exitCode } = await runAt(folder.dir, ...args);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});

test("a machine without a schedule, and a file, have nothing to start", async () => {
  await using folder = await projectFolder({ ...greetingProject, "src/handlers/greet-guest/handler.ts": handler });
  const { err, exitCode } = await runAt(folder.dir, "--at", "2026-11-01");
  expect(exitCode).toBe(2);
  expect(err).toContain("Greeting has no schedule; wanted infrastructure.machines.Greeting.schedule, or --input");
});
