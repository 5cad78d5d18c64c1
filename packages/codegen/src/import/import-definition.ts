/** A definition as the source of a module whose machine generates it again. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import { queryLanguageOf, walkStates } from "@stepwright/asl";
import * as builder from "@stepwright/dsl";
import type { Code } from "./code.ts";
import { chain, objectLiteral, printCode, sequence } from "./code.ts";
import { literal } from "./expressions.ts";
import { importChain } from "./import-chain.ts";
import { createContractRegistry, printContract } from "./imported-contracts.ts";
import type { ImportedContract } from "./imported-contracts.ts";
import { createFragmentRegistry } from "./imported-fragments.ts";
import { openPlace, typeOf } from "./place.ts";
import { findRepeatedRuns, markPattern } from "./repeated-runs.ts";
import type { RepeatedRun } from "./repeated-runs.ts";
import type { WrittenChain } from "./written-graph.ts";
import { writeGraph } from "./written-graph.ts";

export interface ImportOptions {
  /** Of the machine; 1 to 80 characters. */
  readonly name: string;
  /** Where the definition came from, for the first line: `orders.asl.json`. */
  readonly source?: string;
}

/**
 * The TypeScript source of a machine that generates `definition` again, field by field.
 *
 * @throws CodegenError `NOT_IMPORTABLE` when a transition leads nowhere or a state cannot be reached
 */
export function importDefinition(definition: JsonObject, options: ImportOptions): string {
  const root = writeGraph(definition, "");
  // What marks the differences of repetitions may stand nowhere else.
  const isUnmarked = JSON.stringify(definition).search(markPattern) === -1;
  for (let runs = isUnmarked ? findRepeatedRuns(root) : []; ;) {
    const { source, refused } = writeModule(definition, root, runs, options);
    if (refused.size === 0) return source;
    // What a fragment would have needed shows only where it is used.
    runs = runs.filter((run) => !refused.has(run));
  }
}

function writeModule(
  definition: JsonObject,
  root: WrittenChain,
  runs: readonly RepeatedRun[],
  { name, source }: ImportOptions,
): { readonly source: string; readonly refused: ReadonlySet<RepeatedRun> } {
  const { QueryLanguage: languageField, Comment: comment, TimeoutSeconds: timeout, ...rest } = definition;
  const { StartAt: _start, States: _states, ...others } = rest;
  const language: QueryLanguage = queryLanguageOf(definition, "JSONPath");
  const used = new Set(["machine", "plain"]);
  const contracts = createContractRegistry(isReserved);
  const fragments = createFragmentRegistry(
    runs,
    language,
    (word) => isReserved(word) || contracts.all.some(({ identifier }) => identifier === word),
  );
  const retries = shareRetries(definition);
  const input = openPlace();
  const { calls } = importChain(
    root,
    { place: input, vars: new Map() },
    {
      language,
      contracts,
      use: (word) => used.add(word),
      shareRetry: (retry, code) => retries.share(retry, code),
      useFragment: fragments.use,
      location: "",
    },
  );
  const asl: JsonObject = {
    ...(languageField !== undefined && languageField !== "JSONata" ? { QueryLanguage: languageField } : {}),
    ...(comment !== undefined && typeof comment !== "string" ? { Comment: comment } : {}),
    ...(timeout !== undefined && typeof timeout !== "number" ? { TimeoutSeconds: timeout } : {}),
    ...others,
  };
  const type = typeOf(input);
  const isNamed = input.members.size > 0;
  const options: [string, Code][] = [["input", `plain<${isNamed ? "Input" : printCode(type)}>()`]];
  if (language === "JSONata") options.push(["queryLanguage", '"JSONata"']);
  if (typeof comment === "string") options.push(["comment", JSON.stringify(comment)]);
  if (typeof timeout === "number") options.push(["timeoutSeconds", String(timeout)]);
  if (Object.keys(asl).length > 0) options.push(["asl", literal(asl)]);
  const machine = chain(
    { kind: "list", open: "machine(", items: [JSON.stringify(name), objectLiteral(options)], close: ")", hug: true },
    calls,
  );
  const body = `${printCode(sequence("export default ", machine, ";"))}\n`;
  const { all } = contracts;
  if (all.length > 0) used.add("defineTask");
  const repeated = fragments.print();
  if (repeated.length > 0) used.add(`type ${language === "JSONata" ? "JsonataFlow" : "PathFlow"}`);
  const imports = [...used].toSorted((one, other) => compare(one.replace("type ", ""), other.replace("type ", "")));
  const text = [
    ...(source === undefined ? [] : [`/** Imported from ${source.replaceAll("*/", "* /")}. */\n`]),
    `${printCode({ kind: "list", open: "import { ", items: imports, close: ' } from "@stepwright/dsl"' })};\n`,
    ...(isNamed
      ? [`\n// TODO: inferred from what the states read.\n${printCode(sequence("type Input = ", type))};\n`]
      : []),
    ...printContracts(all),
    ...retries.print(),
    ...repeated,
    `\n${body}`,
  ].join("");
  return { source: text, refused: fragments.refused };
}

function compare(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function printContracts(contracts: readonly ImportedContract[]): readonly string[] {
  const functions = contracts.filter(({ isFunction }) => isFunction);
  const services = contracts.filter(({ isFunction }) => !isFunction);
  return [
    ...section(
      "TODO: the types of these Lambda functions are inferred from their use; give them their own.",
      functions,
    ),
    ...section("Calls of services: what they give, as far as the states read it.", services),
  ];
}

function section(comment: string, contracts: readonly ImportedContract[]): readonly string[] {
  return contracts.length === 0
    ? []
    : [`\n// ${comment}\n`, ...contracts.map((contract) => `${printContract(contract)}\n`)];
}

/** Retry lists that stand several times get a name. */
function shareRetries(definition: JsonObject) {
  const counts = new Map<string, number>();
  for (const { value } of walkStates(definition)) {
    const text = JSON.stringify(value["Retry"]);
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const constants = new Map<string, { readonly name: string; readonly code: Code }>();
  return {
    share(retry: JsonValue, code: Code): Code {
      const text = JSON.stringify(retry);
      if ((counts.get(text) ?? 0) < 2) return code;
      const count = constants.size + 1;
      const constant = constants.get(text) ?? { name: count === 1 ? "retry" : `retry${count}`, code };
      constants.set(text, constant);
      return constant.name;
    },
    print(): readonly string[] {
      return [...constants.values()].map(
        ({ name, code }) => `\n${printCode(sequence(`const ${name} = `, code, " as const;"))}\n`,
      );
    },
  };
}

/** Whether a constant of this name would hide one of the module's own names, or is no name at all. */
function isReserved(identifier: string): boolean {
  return Object.hasOwn(builder, identifier) || words.has(identifier) || /^retry\d*$/.test(identifier);
}

const words: ReadonlySet<string> = new Set(
  (
    "s flow item branch choose errors await break case catch class const continue debugger default delete do else " +
    "enum export extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof var void while with yield " +
    "arguments eval undefined"
  ).split(" "),
);
