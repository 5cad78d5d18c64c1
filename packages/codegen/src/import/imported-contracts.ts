/** The task contracts that a definition implies: one for every function and integration, named after it. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonObject, isReservedErrorName } from "@stepwright/asl";
import { functionArnSubstitution } from "@stepwright/dsl";
import type { OpenPlace, Place } from "./place.ts";
import { objectType, openPlace, typeOf } from "./place.ts";
import { lowerFirst, pascalCase, unused } from "./identifiers.ts";
import type { Code } from "./code.ts";
import { isIdentifier, printCode, sequence } from "./code.ts";

export interface ImportedContract {
  /** Of the constant. */
  readonly identifier: string;
  readonly name: string;
  /** A Lambda function of the author's, and no service. */
  readonly isFunction: boolean;
  /** `undefined` when the contract's own placeholder says it. */
  readonly resource: string | undefined;
  readonly output: OpenPlace;
  /** What each use sends; `undefined` for one that sends the whole input. */
  readonly inputs: (Place | undefined)[];
  readonly errors: Set<string>;
}

export interface ContractRegistry {
  /** Of a Task, whatever it calls. */
  contractOf(state: JsonObject, stateName: string): ImportedContract;
  /** @param functionName  its ARN, name or placeholder */
  contractOfFunction(functionName: string, stateName: string): ImportedContract;
  readonly all: readonly ImportedContract[];
}

/** @param isTaken  whether a module already uses an identifier */
export function createContractRegistry(isTaken: (identifier: string) => boolean): ContractRegistry {
  const byKey = new Map<string, ImportedContract>();
  const names = new Set<string>();
  const identifiers = new Set<string>();
  return {
    get all() {
      return [...byKey.values()];
    },
    contractOf(state, stateName) {
      const written = state["Resource"];
      const resource = typeof written === "string" ? written : undefined;
      const target = resource === undefined ? stateName : targetOf(state, resource);
      const key = JSON.stringify([written, target]);
      return byKey.get(key) ?? create(key, resource ?? "", target, target ?? nameOfService(resource ?? ""), stateName);
    },
    contractOfFunction(functionName, stateName) {
      const key = JSON.stringify([functionName]);
      const target = lambdaName(functionName);
      return byKey.get(key) ?? create(key, functionName, target, target, stateName);
    },
  };

  function create(
    key: string,
    resource: string,
    target: string | undefined,
    wanted: string,
    stateName: string,
  ): ImportedContract {
    const substitution = /^\$\{([A-Za-z_][A-Za-z0-9_]*)FunctionArn\}$/.exec(resource)?.[1];
    const implied = substitution !== undefined && !names.has(substitution) ? substitution : undefined;
    const name = implied ?? unused(pascalCase(wanted) || pascalCase(stateName) || "Task", (each) => names.has(each));
    names.add(name);
    const contract: ImportedContract = {
      identifier: unusedIdentifier(name),
      name,
      isFunction: target !== undefined,
      resource: implied === undefined && resource !== "" ? resource : undefined,
      output: openPlace(),
      inputs: [],
      errors: new Set(),
    };
    byKey.set(key, contract);
    return contract;
  }

  function unusedIdentifier(name: string): string {
    const wanted = lowerFirst(name);
    const free = isTaken(wanted) || !isIdentifier(wanted) ? `${isIdentifier(wanted) ? wanted : "a"}Task` : wanted;
    const identifier = unused(free, (each) => identifiers.has(each));
    identifiers.add(identifier);
    return identifier;
  }
}

/** What the builder puts where a function's ARN or name is wanted. */
export function functionArnSubstitutionOf(contract: ImportedContract): string {
  return `\${${functionArnSubstitution(contract)}}`;
}

/** The function that a Task invokes, as its ARN, name or placeholder; `undefined` for other integrations. */
function targetOf(state: JsonObject, resource: string): string | undefined {
  if (/^arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?lambda:invoke(?:\.|$)/.test(resource)) {
    const parameters = state["Parameters"] ?? state["Arguments"];
    const name: JsonValue | undefined = isJsonObject(parameters) ? parameters["FunctionName"] : undefined;
    return typeof name === "string" && !name.startsWith("{%") ? lambdaName(name) : undefined;
  }
  if (/^arn:[^:]*:lambda:/.test(resource) || /^[^:]*$/.test(resource) || resource.startsWith("${")) {
    return lambdaName(resource);
  }
  return undefined;
}

/** `arn:aws:lambda:eu-west-1:1:function:score:live` → `score`, `${ScoreFunctionArn}` → `Score`. */
function lambdaName(text: string): string {
  const name = /:function:([^:]+)/.exec(text)?.[1] ?? text;
  const placeholder = /\$\{([^}]+)\}/.exec(name)?.[1] ?? name;
  return placeholder.replace(/(?<=.)(?:Function)?\.?(?:Arn|Name)?$/i, "");
}

/** `arn:aws:states:::dynamodb:putItem` → `dynamodb:putItem`. */
function nameOfService(resource: string): string {
  const [, , , , , ...named] = resource.replaceAll(/\$\{[^}]*\}/g, "").split(":");
  return named
    .join(":")
    .replace(/^(?:activity:|:?(?:aws-sdk:)?)/, "")
    .replace(/:\d+$/, "");
}

/** The builder knows AWS's own names; the rest is the contract's. */
export function errorsOfTask(errors: readonly JsonValue[]): readonly string[] {
  const names = errors.filter((error) => typeof error === "string");
  return names.filter((name) => !(isKnownError(name) || (name === "States.ALL" && names.length === 1)));
}

const lambdaErrors: ReadonlySet<string> = new Set([
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
]);

function isKnownError(name: string): boolean {
  if (name === "States.ALL" || name === "States.Runtime") return false;
  return lambdaErrors.has(name) || isReservedErrorName(name);
}

/** @example const charge = defineTask<{ id: string }, { total: number }, "Busy">("Charge"); */
export function printContract(contract: ImportedContract): string {
  const { identifier, name, isFunction, output, errors } = contract;
  const types = [isFunction ? inputType(contract) : "unknown", typeOf(output)];
  if (errors.size > 0) types.push([...errors].map((error) => JSON.stringify(error)).join(" | "));
  return printCode(
    sequence(
      { kind: "list", open: `const ${identifier} = defineTask<`, items: types, close: ">", bare: true },
      `(${JSON.stringify(name)});`,
    ),
  );
}

function inputType({ inputs }: ImportedContract): Code {
  const members = new Map<string, { types: Map<string, Code>; uses: number }>();
  for (const input of inputs) {
    // A member whose ASL key the builder has no word for would be one too many.
    if (input?.kind !== "object" || [...input.members.keys()].some((key) => key.endsWith(".$"))) return "unknown";
    for (const [key, place] of input.members) {
      const entry = members.get(key) ?? { types: new Map<string, Code>(), uses: 0 };
      const type = typeOf(place);
      members.set(key, entry);
      entry.types.set(printCode(type), type);
      entry.uses++;
    }
  }
  if (members.size === 0) return "unknown";
  return objectType(
    [...members].map(([key, { types, uses }]) => {
      const [only] = types.values();
      const type = types.size === 1 && only !== undefined ? only : "unknown";
      return uses === inputs.length ? [key, type] : [key, type, "?"];
    }),
  );
}
