/** The source text of a chain as people write it: a contract from two schemas, typed errors, exact arguments. */

export function longChain(states: number, until: "contracts" | "machine"): string {
  const indices = Array.from({ length: states }, (_unused, index) => index);
  return [
    `import { z } from "zod";`,
    `import { defineTask, machine } from "../../../src/index.ts";`,
    ...indices.map(contract),
    ...(until === "machine"
      ? [`export const chain = machine("Chain", { input: z.object(${shape(-1)}) })`, ...indices.map(state), ";"]
      : []),
  ].join("\n");
}

function contract(index: number): string {
  return `const task${index} = defineTask("Task${index}", {
  input: z.object({ id: z.string(), count: z.number(), tags: z.array(z.string()) }),
  output: z.object(${shape(index)}),
  errors: ["Error${index}"],
});`;
}

function shape(index: number): string {
  return `{ id: z.string(), step${index + 1}: z.object({ count: z.number(), note: z.string().optional() }), tags: z.array(z.string()) }`;
}

function state(index: number): string {
  return `  .task("State${index}", task${index}, {
    parameters: (s) => ({ id: s.input.id, count: s.input.step${index}.count, tags: s.input.tags }),
    retry: [{ errors: ["Error${index}", "States.Timeout"], maxAttempts: 2 }],
  })`;
}
