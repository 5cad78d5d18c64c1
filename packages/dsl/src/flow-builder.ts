/**
 * The one implementation behind the flow types. It appends steps and knows nothing of types: the interfaces
 * `PathFlow` and `JsonataFlow` say what may be called with what. Frozen; every method gives a new builder.
 */
import type { JsonObject, QueryLanguage, StateType } from "@stepwright/asl";
import { captureCallSite } from "./call-site.ts";
import type { CallSite } from "./call-site.ts";
import { prefixNames } from "./prefix-names.ts";
import { printInvoke } from "./lambda-invoke.ts";
import { printCondition } from "./print-condition.ts";
import type { Options } from "./print-options.ts";
import { printOptions } from "./print-options.ts";
import { scope } from "./scope.ts";
import type { RawState } from "./state-options.ts";
import type { Detour, Graph, MachineHead, Step } from "./step.ts";
import type { AnyTaskContract } from "./task.ts";
import { functionArnSubstitution } from "./task.ts";

type Fragment = (flow: FlowBuilder) => Graph;

export class FlowBuilder implements Graph {
  readonly head: MachineHead;
  readonly steps: readonly Step[];
  readonly jumpTo?: string | null;
  readonly jumpSite?: CallSite;

  constructor(head: MachineHead, { steps, jumpTo, jumpSite }: Graph = { steps: [] }) {
    this.head = head;
    this.steps = Object.freeze(steps);
    if (jumpTo !== undefined) this.jumpTo = jumpTo;
    if (jumpSite !== undefined) this.jumpSite = jumpSite;
    Object.freeze(this);
  }

  task(name: string, contract: AnyTaskContract, options: Options = {}): FlowBuilder {
    const resource = (options["resource"] as string | undefined) ?? contract.resource;
    return this.#append("task", "Task", name, options, {
      fields: { Resource: resource ?? `\${${functionArnSubstitution(contract)}}` },
      ...(resource === undefined ? { contract } : {}),
    });
  }

  invoke(name: string, contract: AnyTaskContract, options: Options = {}): FlowBuilder {
    const { fields, remaining } = printInvoke(contract, options, languageOf(this.head));
    const isOurs = options["functionName"] === undefined;
    return this.#append("invoke", "Task", name, remaining, { fields, ...(isOurs ? { contract } : {}) });
  }

  map(name: string, options: Options, processor: Fragment, results: Options = {}): FlowBuilder {
    const fields = { ProcessorConfig: { Mode: "INLINE" } };
    const graph = graphOf(processor(new FlowBuilder(this.head)));
    const all = { ...options, ...results };
    return this.#append("map", "Map", name, all, { processor: { ...graph, fields } });
  }

  distributedMap(name: string, options: Options, processor: Fragment, results: Options = {}): FlowBuilder {
    const { executionType = "STANDARD", ...others } = options;
    const fields = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType as string } };
    const graph = graphOf(processor(new FlowBuilder(this.head)));
    const all = { ...others, ...results };
    return this.#append("distributedMap", "Map", name, all, { processor: { ...graph, fields } });
  }

  parallel(name: string, branches: readonly Fragment[], options: Options = {}): FlowBuilder {
    const graphs = branches.map((branch) => graphOf(branch(new FlowBuilder(this.head))));
    return this.#append("parallel", "Parallel", name, options, { branches: graphs });
  }

  parallelWith(name: string, input: Options, branches: readonly Fragment[], options: Options = {}): FlowBuilder {
    const graphs = branches.map((branch) => graphOf(branch(new FlowBuilder(this.head))));
    return this.#append("parallelWith", "Parallel", name, { ...input, ...options }, { branches: graphs });
  }

  pass(name: string, options: Options = {}): FlowBuilder {
    return this.#append("pass", "Pass", name, options);
  }

  wait(name: string, until: Options): FlowBuilder {
    return this.#append("wait", "Wait", name, until);
  }

  choice(name: string, choices: (choose: ChoicesBuilder) => ChoicesBuilder, options: Options = {}): FlowBuilder {
    const { ways, fallback } = choices(new ChoicesBuilder(this.head));
    if (fallback === "none")
      return this.#append("choice", "Choice", name, options, { choices: ways, exhaustive: true });
    return this.#append("choice", "Choice", name, options, {
      choices: ways,
      ...(fallback === undefined ? {} : { otherwise: fallback, fields: fallback.fields }),
    });
  }

  state(name: string, { Type, ...fields }: RawState): FlowBuilder {
    return this.#append("state", Type, name, {}, { fields: fields as JsonObject });
  }

  succeed(name: string, options: Options = {}): FlowBuilder {
    return this.#append("succeed", "Succeed", name, options);
  }

  fail(name: string, options: Options = {}): FlowBuilder {
    return this.#append("fail", "Fail", name, options);
  }

  goTo(name: string): FlowBuilder {
    return this.#jump("goTo", name);
  }

  goForward(name: string): FlowBuilder {
    return this.#jump("goForward", name);
  }

  end(): FlowBuilder {
    return this.#jump("end", null);
  }

  pipe(fragment: Fragment, { prefix = "" }: { readonly prefix?: string } = {}): FlowBuilder {
    return this.#continue(prefixNames(graphOf(fragment(new FlowBuilder(this.head))), prefix));
  }

  inJsonata(fragment: Fragment): FlowBuilder {
    return this.#continue(fragment(new FlowBuilder({ ...this.head, stateLanguage: "JSONata" })));
  }

  #continue(graph: Graph): FlowBuilder {
    return new FlowBuilder(this.head, { ...graphOf(graph), steps: [...this.steps, ...graph.steps] });
  }

  #jump(method: keyof FlowBuilder, jumpTo: string | null): FlowBuilder {
    return new FlowBuilder(this.head, { steps: this.steps, jumpTo, jumpSite: captureCallSite(this[method]) });
  }

  /** @param method  the public method that called, below which the author's stack frame lies */
  #append(
    method: keyof FlowBuilder,
    type: StateType,
    name: string,
    options: Options,
    parts: Partial<Step> = {},
  ): FlowBuilder {
    const catching = options["catch"] as ((catchers: CatchersBuilder) => CatchersBuilder) | undefined;
    const language = languageOf(this.head);
    const step: Step = {
      ...parts,
      name,
      type,
      callSite: captureCallSite(this[method]),
      fields: {
        ...(language === this.head.queryLanguage ? {} : { QueryLanguage: language }),
        ...parts.fields,
        ...printOptions(options, language),
      },
      ...(catching === undefined ? {} : { catchers: catching(new CatchersBuilder(this.head)).ways }),
    };
    return new FlowBuilder(this.head, { steps: [...this.steps, step] });
  }
}

/** Behind `PathChoices` and `JsonataChoices`. */
class ChoicesBuilder {
  readonly #head: MachineHead;
  readonly ways: readonly Detour[];
  readonly fallback: Detour | "none" | undefined;

  constructor(head: MachineHead, ways: readonly Detour[] = [], fallback?: Detour | "none") {
    this.#head = head;
    this.ways = ways;
    this.fallback = fallback;
  }

  when(condition: (from: typeof scope) => unknown, next: Fragment): ChoicesBuilder {
    return this.#choose("when", condition, {}, next);
  }

  whenWith(condition: (from: typeof scope) => unknown, options: Options, next: Fragment): ChoicesBuilder {
    return this.#choose("whenWith", condition, options, next);
  }

  otherwise(next: Fragment): ChoicesBuilder {
    return this.#fallBack("otherwise", {}, next);
  }

  otherwiseWith(options: Options, next: Fragment): ChoicesBuilder {
    return this.#fallBack("otherwiseWith", options, next);
  }

  #fallBack(method: keyof ChoicesBuilder, options: Options, next: Fragment): ChoicesBuilder {
    const fields = printOptions(options, languageOf(this.#head));
    const fallback = detourOf(this.#head, next, fields, captureCallSite(this[method]));
    return new ChoicesBuilder(this.#head, this.ways, fallback);
  }

  #choose(
    method: keyof ChoicesBuilder,
    condition: (from: typeof scope) => unknown,
    options: Options,
    next: Fragment,
  ): ChoicesBuilder {
    const language = languageOf(this.#head);
    const fields = { ...printCondition[language](condition(scope)), ...printOptions(options, language) };
    const way = detourOf(this.#head, next, fields, captureCallSite(this[method]));
    return new ChoicesBuilder(this.#head, [...this.ways, way]);
  }

  exhaustive(): ChoicesBuilder {
    return new ChoicesBuilder(this.#head, this.ways, "none");
  }
}

/** Behind `PathCatchers` and `JsonataCatchers`. */
class CatchersBuilder {
  readonly #head: MachineHead;
  readonly ways: readonly Detour[];

  constructor(head: MachineHead, ways: readonly Detour[] = []) {
    this.#head = head;
    this.ways = ways;
  }

  on(errors: readonly string[], options: Options, handler: Fragment): CatchersBuilder {
    const fields = { ErrorEquals: errors, ...printOptions(options, languageOf(this.#head)) };
    const way = detourOf(this.#head, handler, fields, captureCallSite(CatchersBuilder.prototype["on"]));
    return new CatchersBuilder(this.#head, [...this.ways, way]);
  }
}

function languageOf({ queryLanguage, stateLanguage = queryLanguage }: MachineHead): QueryLanguage {
  return stateLanguage;
}

function detourOf(head: MachineHead, next: Fragment, fields: JsonObject, callSite: CallSite): Detour {
  return { ...graphOf(next(new FlowBuilder(head))), fields, callSite };
}

/** The graph alone, without what makes it a builder. */
function graphOf({ steps, jumpTo, jumpSite }: Graph): Graph {
  return {
    steps,
    ...(jumpTo === undefined ? {} : { jumpTo }),
    ...(jumpSite === undefined ? {} : { jumpSite }),
  };
}
