/**
 * Values of a deployment that stand elsewhere: `env:NAME`, `ssm:/path/of/parameter`, `cfn:Stack.OutputKey`.
 * Anything else is the value itself.
 */
import { DeployError } from "./deploy-error.ts";

/** Where values come from. */
export interface ValueSources {
  readonly environment: (name: string) => string | undefined;
  /** @returns `undefined` when there is no such parameter */
  readonly parameter: (name: string) => Promise<StoredParameter | undefined>;
  /** @returns `undefined` when there is no such stack */
  readonly stackOutputs: (stack: string) => Promise<Readonly<Record<string, string>> | undefined>;
}

export interface StoredParameter {
  readonly type: string;
  readonly value: string;
}

/**
 * @throws DeployError `VALUE_UNAVAILABLE`, naming every value that cannot be had. A SecureString is never one: whoever
 *   may read a state machine reads its definition
 */
export async function resolveValues(
  values: Readonly<Record<string, string>>,
  sources: ValueSources,
): Promise<Readonly<Record<string, string>>> {
  const resolved = await Promise.all(
    Object.entries(values).map(async ([name, reference]) => [name, await resolve(reference, sources)] as const),
  );
  const problems = resolved.flatMap(([name, { problem }]) => (problem === undefined ? [] : [`${name}: ${problem}`]));
  if (problems.length > 0) {
    throw new DeployError("VALUE_UNAVAILABLE", problems.join("; "));
  }
  return Object.fromEntries(resolved.map(([name, { value = "" }]) => [name, value]));
}

type Resolved =
  | { readonly value: string; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

type Resolve = (name: string, sources: ValueSources) => Promise<Resolved>;

async function resolve(reference: string, sources: ValueSources): Promise<Resolved> {
  const [, scheme = "", name = ""] = /^(env|ssm|cfn):(.+)$/s.exec(reference) ?? [];
  return Object.hasOwn(schemes, scheme) ? schemes[scheme as Scheme](name, sources) : { value: reference };
}

type Scheme = "env" | "ssm" | "cfn";

const schemes: Readonly<Record<Scheme, Resolve>> = {
  async env(name, { environment }) {
    const value = environment(name);
    return value === undefined ? missing(`no environment variable ${name}`) : { value };
  },
  async ssm(name, { parameter }) {
    const found = await parameter(name);
    if (found === undefined) return missing(`no SSM parameter ${name}`);
    return found.type === "SecureString"
      ? missing(`the SecureString ${name}, wanted a parameter that is no secret, because definitions are not secret`)
      : { value: found.value };
  },
  async cfn(name, { stackOutputs }) {
    const [stack = "", output = ""] = name.split(".", 2);
    const outputs = await stackOutputs(stack);
    if (outputs === undefined) return missing(`no CloudFormation stack ${stack}`);
    const value = Object.hasOwn(outputs, output) ? outputs[output] : undefined;
    return value === undefined
      ? missing(`no output ${output} in the stack ${stack}, wanted one of ${Object.keys(outputs).join(", ")}`)
      : { value };
  },
};

function missing(what: string): Resolved {
  return { problem: `found ${what}` };
}

/** Asks for each name at most once: one command resolves values in several places, and should see the same ones. */
export function askedOnce(sources: ValueSources): ValueSources {
  return {
    environment: (name) => sources.environment(name),
    parameter: once((name) => sources.parameter(name)),
    stackOutputs: once((stack) => sources.stackOutputs(stack)),
  };
}

function once<Answer>(ask: (name: string) => Promise<Answer>): (name: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (name) => {
    const known = answers.get(name) ?? ask(name);
    answers.set(name, known);
    return known;
  };
}
