/**
 * docs/support.md and docs/diagnostics.md follow from the tables of the package.
 * `vitest -u` writes them; without it a difference is a failure.
 */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import {
  comparisonOperators,
  diagnosticCodes,
  fieldsOf,
  fieldTable,
  intrinsicFunctions,
  limits,
  optimizedIntegrations,
  reservedErrors,
  stateTypes,
} from "../src/index.ts";
import type { FieldValue, ShapeName } from "../src/index.ts";

const docs = resolve(import.meta.dirname, "../../../docs");

/** As the formatter would write it: columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_heading, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.slice(1).map(line)].join("\n");
}

const code = (text: string): string => `\`${text}\``;

function valueOf(value: FieldValue): string {
  switch (value.kind) {
    case "text":
      return orExpression(value.oneOf === undefined ? "text" : value.oneOf.map(code).join(", "), value.expression);
    case "integer":
    case "number":
      return orExpression(`${value.kind}${bounds(value.minimum, value.maximum)}`, value.expression);
    case "boolean":
      return orExpression("true or false", value.expression);
    case "timestamp":
      return orExpression("RFC 3339 time", value.expression);
    case "path":
      return [
        value.reference === true ? "reference path" : "path",
        value.intrinsic === true ? " or intrinsic function" : "",
        value.nullable === true ? " or null" : "",
      ].join("");
    case "template":
      return value.of === "any" ? "evaluated JSON" : `evaluated ${value.of}`;
    case "json":
      return "JSON as it stands";
    case "target":
      return "name of a state";
    case "resource":
      return value.allowed === undefined ? "ARN of a resource" : value.allowed.map(code).join(", ");
    case "states":
      return "states by name";
    case "object":
      return orExpression(value.shape, value.expression);
    default:
      return `list of ${valueOf(value.of)}${value.nonEmpty === true ? ", not empty" : ""}`;
  }
}

function orExpression(text: string, expression: true | undefined): string {
  return expression === true ? `${text}; JSONata: or an expression` : text;
}

function bounds(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return maximum === undefined ? "" : ` to ${maximum}`;
  return maximum === undefined ? ` from ${minimum}` : ` ${minimum} to ${maximum}`;
}

function shapeSection(shape: ShapeName): string {
  const rows = [...fieldsOf(shape)]
    .filter(([name]) => !Object.hasOwn(comparisonOperators, name))
    .map(([name, { value, language, required }]) => [
      code(name),
      language ?? "both",
      required === true ? "yes" : "",
      valueOf(value),
    ]);
  return `### ${shape}\n\n${table([["field", "language", "required", "value"], ...rows])}`;
}

test("docs/support.md lists what of the language is known", async () => {
  const others = (Object.keys(fieldTable) as readonly ShapeName[]).filter(
    (shape) => shape !== "StateMachine" && !(stateTypes as readonly string[]).includes(shape),
  );
  const operators = Object.entries(comparisonOperators).map(([name, traits]) => [
    code(name),
    traits.compares,
    traits.operandIsPath ? "path" : "literal",
  ]);
  const integrations = Object.entries(optimizedIntegrations).flatMap(([service, actions]) =>
    Object.entries(actions).map(([action, patterns]) => [
      code(`${service}:${action}`),
      ...["requestResponse", "sync", "waitForTaskToken"].map((pattern) =>
        patterns.some((own) => own === pattern) ? "yes" : "",
      ),
    ]),
  );
  const page = `# What of the Amazon States Language is supported

This page follows from the tables of \`@stepwright/asl\`; a test compares them. The validator knows every field below, in
JSON and in YAML, with \`\${Name}\` placeholders in the place of any value.

## The machine and its states

${(["StateMachine", ...stateTypes] as const).map(shapeSection).join("\n\n")}

## Parts of states

${others.map(shapeSection).join("\n\n")}

## Comparison operators (JSONPath)

${table([["operator", "compares", "operand"], ...operators])}

## Intrinsic functions (JSONPath)

${Object.keys(intrinsicFunctions)
  .map((name) => `- ${code(name)}`)
  .join("\n")}

## Optimized integrations

Any \`aws-sdk:<service>:<action>\` is accepted too, with request and response or with a task token; so are Lambda functions
and activities by their ARN.

${table([["integration", "request", "`.sync`", "`.waitForTaskToken`"], ...integrations])}

## Error names

${table([
  ["name", "retriable", "catchable", "meaning"],
  ...Object.entries(reservedErrors).map(([name, { retriable, catchable, meaning }]) => [
    code(name),
    retriable ? "yes" : "",
    catchable ? "yes" : "",
    meaning,
  ]),
])}

\`States.Http.StatusCode.<nnn>\` is reserved too. Any other name is an error of your own.

## Limits

${table([
  ["limit", "value", "unit", "source"],
  ...Object.entries(limits).map(([name, { value, unit, source }]) => [code(name), String(value), unit, source]),
])}
`;
  await expect(page).toMatchFileSnapshot(`${docs}/support.md`);
});

function codesOf(origin: "AWS" | "Stepwright"): string {
  const rows = Object.entries(diagnosticCodes)
    .filter(([, traits]) => traits.origin === origin)
    .map(([name, { severity, help }]) => [code(name), severity, help]);
  return table([["code", "severity", "what it means"], ...rows]);
}

test("docs/diagnostics.md explains every code", async () => {
  const page = `# Diagnostics

What \`stepwright validate\`, \`validateDefinition\` and \`validateText\` report. A code is stable; a message may be reworded.
This page follows from the table of codes in \`@stepwright/asl\`; a test compares them.

\`stepwright generate\` has two more, which are about what follows from a definition: \`POLICY_TOO_LARGE\` and \`BUDGET_EXCEEDED\`
([what follows from a machine](infrastructure-and-budgets.md)).

## Codes of the service

Codes, messages and locations are those of ValidateStateMachineDefinition, as far as they are recorded or publicly known.

${codesOf("AWS")}

## Codes of our own

${codesOf("Stepwright")}
`;
  await expect(page).toMatchFileSnapshot(`${docs}/diagnostics.md`);
});
