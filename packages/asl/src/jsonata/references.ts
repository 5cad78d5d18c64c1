/** What an expression reads from outside: workflow variables, members of `$states`, functions, and its context. */
import { childrenOf, isPairs, type JsonataNode } from "./syntax.ts";

export interface JsonataReferences {
  /** Without `$`, each once, in order of appearance; `states` and the names that only call a function are not among them. */
  readonly variables: readonly string[];
  /** Members of `$states`: `input`, `result` …; `*` stands for `$states` as a whole. */
  readonly statesFields: readonly string[];
  /** Without `$`; those that are called and not defined by the expression itself. */
  readonly functions: readonly string[];
  /**
   * `$`, `$$` and the bare names that are read outside of any path, each once: in the service there is nothing there to
   * read. `*` and `**` stand for the wildcards.
   */
  readonly rootReferences: readonly string[];
}

export function referencesOf(root: JsonataNode): JsonataReferences {
  const variables = new Set<string>();
  const statesFields = new Set<string>();
  const functions = new Set<string>();
  const rootReferences = new Set<string>();

  /** @param bound names that the expression itself defines here @param inPath `$` is an item of a path */
  function visit(node: JsonataNode, bound: ReadonlySet<string>, inPath: boolean): void {
    const scope = new Set(bound);
    if (node.type === "lambda") for (const parameter of node.arguments ?? []) scope.add(String(parameter.value));
    if (node.type === "variable") readVariable(node, scope, inPath);
    const readsContext = node.type === "name" || node.type === "wildcard" || node.type === "descendant";
    if (readsContext && !inPath) rootReferences.add(String(node.value));
    if (node.steps?.[0]?.type === "variable" && node.steps[0].value === "states" && !scope.has("states")) {
      const member = node.steps[1];
      statesFields.add(member?.type === "name" && node.steps[0].stages === undefined ? String(member.value) : "*");
    }
    const { outer, inner } = childrenOf(node);
    for (const child of outer) visitNext(child, node, scope, inPath);
    for (const child of inner) visitNext(child, node, scope, true);
  }

  /** Siblings see what the earlier ones bind: `($x := 1; $x)`, `a@$b.c`. */
  function visitNext(child: JsonataNode, parent: JsonataNode, scope: Set<string>, inPath: boolean): void {
    const name = child.type === "bind" && child.lhs !== undefined && !isPairs(child.lhs) ? child.lhs.value : undefined;
    // A function may call itself by the name that it is about to get; any other value sees the name's old meaning.
    if (child.rhs?.type === "lambda" && name !== undefined) scope.add(String(name));
    const isStates = child.type === "variable" && child.value === "states" && parent.steps?.[0] === child;
    if (child === parent.procedure && child.type === "variable") {
      if (!scope.has(String(child.value))) functions.add(String(child.value));
    } else if (!isStates || scope.has("states")) {
      visit(child, scope, inPath);
    } else {
      for (const stage of childrenOf(child).inner) visit(stage, scope, true);
    }
    if (name !== undefined) scope.add(String(name));
    if (child.focus !== undefined) scope.add(child.focus);
    if (child.index !== undefined) scope.add(child.index);
  }

  function readVariable(node: JsonataNode, bound: ReadonlySet<string>, inPath: boolean): void {
    const name = String(node.value);
    if (name === "" || name === "$") {
      if (!inPath || name === "$") rootReferences.add(`$${name}`);
    } else if (!bound.has(name)) {
      if (name === "states") statesFields.add("*");
      else variables.add(name);
    }
  }

  // A binding at the top is a child like any other; wrapping it saves a special case.
  visit({ type: "block", expressions: [root] }, new Set(), false);
  return {
    variables: [...variables],
    statesFields: [...statesFields],
    functions: [...functions],
    rootReferences: [...rootReferences],
  };
}
