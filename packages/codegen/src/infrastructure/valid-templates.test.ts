/** Whether those who read the templates would take them: CloudFormation's linter, and Terraform's rules for references. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everything } from "../../test/every-infrastructure.ts";
import { greetingProject, projectFolder } from "../../test/project-folder.ts";
import { generate } from "../generate.ts";

const config = {
  machines: ["src/greeting.machine.ts"],
  infrastructure: { dir: "infra", formats: ["sam", "terraform"], ...everything },
};

async function generatedProject() {
  const project = await projectFolder({
    ...greetingProject,
    "stepwright.config.ts": `export default ${JSON.stringify(config)};`,
  });
  await generate(project);
  return project;
}

const hasLinter = spawnSync("cfn-lint", ["--version"]).status === 0;

/** @see https://github.com/aws-cloudformation/cfn-lint */
function lint(file: string): string {
  const { stdout, stderr } = spawnSync("cfn-lint", ["-t", file], { encoding: "utf8" });
  return `${stdout}${stderr}`;
}

test.skipIf(!hasLinter)(
  `cfn-lint has nothing to say of the SAM template${hasLinter ? "" : " (skipped: no cfn-lint)"}`,
  { timeout: 60_000 },
  async () => {
    await using project = await generatedProject();
    expect(lint(join(project.dir, "infra/template.yaml"))).toBe("");
    // It does look into it.
    const broken = (await project.read("infra/template.yaml")).replace("MemorySize: 1024", "MemorySize: big");
    await project.write("infra/broken.yaml", broken);
    expect(lint(join(project.dir, "infra/broken.yaml"))).toContain("'big' is not of type 'integer'");
  },
);

test("a definition that Terraform would take for a template of its own is filled by hand", async () => {
  await using project = await projectFolder({
    ...greetingProject,
    "stepwright.config.ts": `export default ${JSON.stringify(config)};`,
    "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guest } from "./contracts.ts";
export default machine("Greeting", { input: Guest, queryLanguage: "JSONata" })
  .task("Greet", greet)
  .succeed("Greeted", { asl: { Output: "{%{'a': 1}%}" } });
`,
  });
  await generate(project);
  const { resource } = JSON.parse(await project.read("infra/stepwright.tf.json"));
  expect(resource.aws_sfn_state_machine.greeting.definition).toBe(
    '${replace(file("${path.module}/../generated/greeting.asl.json"), "$${GreetGuestFunctionArn}", local.substitutions["GreetGuestFunctionArn"])}',
  );
});

type Block = Readonly<Record<string, unknown>>;

test("every reference of the Terraform module is to something that it declares", async () => {
  await using project = await generatedProject();
  const text = await project.read("infra/stepwright.tf.json");
  const module = JSON.parse(text) as Readonly<Record<string, Block | undefined>>;
  const declared = new Set([
    ...Object.keys(module["variable"] ?? {}).map((name) => `var.${name}`),
    ...Object.keys(module["locals"] ?? {}).map((name) => `local.${name}`),
    ...namesIn(module["resource"]),
    ...namesIn(module["data"]).map((name) => `data.${name}`),
  ]);
  const expressions = Array.from(
    text.matchAll(/(?<!\$)\$\{((?:[^{}]|\{[^{}]*\})*)\}/g),
    ([, expression = ""]) => expression,
  );
  const used = new Set(
    expressions.flatMap((expression) => expression.match(/\b(?:var|local|data\.\w+|aws_\w+)\.\w+/g) ?? []),
  );
  expect(used.size).toBeGreaterThan(5);
  expect([...used].filter((name) => !declared.has(name))).toEqual([]);
  const variables = [...declared].filter((name) => name.startsWith("var."));
  expect(variables.filter((name) => !text.includes(name))).toEqual([]);
});

function namesIn(blocks: Block | undefined): readonly string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.keys(named as Block).map((name) => `${type}.${name}`),
  );
}
