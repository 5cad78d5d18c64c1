import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "../../test/project-folder.ts";
import { loadProject } from "./load-project.ts";

const project = (contracts: string, others: Readonly<Record<string, string>> = {}) =>
  projectFolder({
    "stepwright.config.ts": `export default { machines: ["src/order.machine.ts"] };`,
    "src/contracts.ts": contracts,
    "src/order.machine.ts": `
import { machine, plain } from "@stepwright/dsl";
import { charge } from "./contracts.ts";
export default machine("Order", { input: plain<any>() }).task("Charge", charge);
`,
    ...others,
  });

async function chargeOf(contracts: string, others: Readonly<Record<string, string>> = {}) {
  await using folder = await project(contracts, others);
  const { tasks } = await loadProject(folder.configFile);
  return tasks[0];
}

const types = `
import { defineTask } from "@stepwright/dsl";
import type { Money } from "./money.ts";

interface Line {
  sku: string;
  /** How many. */
  count?: number;
  parts: readonly Line[];
}
type Id = string & { readonly brand: "Id" };
export interface Order {
  id: Id;
  kind: "new" | "again" | 3;
  placedAt: Date;
  lines: Line[];
  total: Money;
  pair: [string, number?];
  labels: Record<string, boolean>;
  note: string | undefined;
  either: Line | null;
  extra?: unknown;
  readonly ["odd key"]: true;
}
export const charge = defineTask<Order, { paid: boolean; by: "card" }, "Declined">("Charge");
`;
const money = { "src/money.ts": "export interface Money { amount: number; currency: string }" };

test("plain types are read from the source, as they are on the wire", async () => {
  const text = { type: "string" };
  expect(await chargeOf(types, money)).toEqual({
    name: "Charge",
    errors: ["Declined"],
    input: {
      schema: {
        type: "object",
        properties: {
          id: text,
          kind: { enum: ["new", "again", 3] },
          placedAt: { type: "string", format: "date-time" },
          lines: { type: "array", items: { $ref: "#/$defs/Line" } },
          total: { $ref: "#/$defs/Money" },
          pair: { type: "array", prefixItems: [text, { type: "number" }], items: false, minItems: 1 },
          labels: { type: "object", additionalProperties: { type: "boolean" } },
          note: text,
          either: { anyOf: [{ $ref: "#/$defs/Line" }, { type: "null" }] },
          extra: {},
          "odd key": { const: true },
        },
        required: ["id", "kind", "placedAt", "lines", "total", "pair", "labels", "either", "odd key"],
        $defs: {
          Line: {
            type: "object",
            properties: {
              sku: text,
              count: { type: "number", description: "How many." },
              parts: { type: "array", items: { $ref: "#/$defs/Line" } },
            },
            required: ["sku", "parts"],
          },
          Money: {
            type: "object",
            properties: { amount: { type: "number" }, currency: text },
            required: ["amount", "currency"],
          },
        },
      },
    },
    output: {
      schema: {
        type: "object",
        properties: { paid: { type: "boolean" }, by: { const: "card" } },
        required: ["paid", "by"],
      },
    },
  });
});

test("a module that holds nothing but types is watched too", async () => {
  await using folder = await project(types, money);
  const { inputFiles } = await loadProject(folder.configFile);
  expect(inputFiles).toContain(join(folder.dir, "src/money.ts"));
  expect(inputFiles.filter((file) => file.includes("node_modules"))).toEqual([]);
});

test("plain<Type>() beside a schema is read as well", async () => {
  const contract = await chargeOf(`
import { defineTask, plain } from "@stepwright/dsl";
export const charge = defineTask("Charge", { input: plain<{ id: number }>(), output: plain<string[]>() });
`);
  expect(contract?.input).toEqual({
    schema: { type: "object", properties: { id: { type: "number" } }, required: ["id"] },
  });
  expect(contract?.output).toEqual({ schema: { type: "array", items: { type: "string" } } });
});

test("a recursive type refers to itself", async () => {
  const contract = await chargeOf(`
import { defineTask } from "@stepwright/dsl";
interface Tree { value: number; children: Tree[] }
export const charge = defineTask<Tree, { tree: Tree }>("Charge");
`);
  expect(contract?.input).toMatchObject({ schema: { $defs: { Tree: { required: ["value", "children"] } } } });
});

test("where the types are not written beside the name, the contract says so", async () => {
  const contract = await chargeOf(`
import { defineTask } from "@stepwright/dsl";
const make = <In, Out>(name: "Charge") => defineTask<In, Out>(name);
export const charge = make<{ id: string }, string>("Charge");
`);
  expect(contract?.input).toEqual({
    unknownBecause: 'no module of the project says defineTask<…>("Charge") with its types',
  });
});

test.each([
  ["bigint", "the input of Charge: id is a bigint, which has no JSON form; wanted a type that JSON can carry"],
  ["Map<string, string>", "the input of Charge: id is a Map, which"],
  ["() => void", "the input of Charge: id is a function, which"],
])("a %s is refused with its place", async (type, message) => {
  const contracts = `import { defineTask } from "@stepwright/dsl";\nexport const charge = defineTask<{ id: ${type} }, 1>("Charge");`;
  await expect(chargeOf(contracts)).rejects.toMatchObject({
    code: "CONTRACT_UNREPRESENTABLE",
    message: expect.stringContaining(message),
    source: { line: 2, column: 34 },
  });
});
