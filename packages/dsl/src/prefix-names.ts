/** A fragment's states under names of their own, so that one machine can have it twice. */
import type { Graph, Step } from "./step.ts";

/** Every name begins with `prefix`, as do jumps to them. Targets inside fields that were written as ASL stay. */
export function prefixNames<Some extends Graph>(graph: Some, prefix: string): Some {
  return prefixIn(graph, prefix, new Set(namesIn(graph)));
}

/** @param own  the fragment's states where `graph` lies; a jump to another leads out of the fragment */
function prefixIn<Some extends Graph>(graph: Some, prefix: string, own: ReadonlySet<string>): Some {
  const { steps, jumpTo } = graph;
  return {
    ...graph,
    steps: steps.map((step) => prefixStep(step, prefix, own)),
    ...(typeof jumpTo === "string" && own.has(jumpTo) ? { jumpTo: prefix + jumpTo } : {}),
  };
}

function prefixStep(step: Step, prefix: string, own: ReadonlySet<string>): Step {
  const inside = <Some extends Graph>(graph: Some): Some => prefixNames(graph, prefix);
  const beside = <Some extends Graph>(graph: Some): Some => prefixIn(graph, prefix, own);
  const { branches, processor, catchers, choices, otherwise } = step;
  return {
    ...step,
    name: prefix + step.name,
    ...(branches && { branches: branches.map(inside) }),
    ...(processor && { processor: inside(processor) }),
    ...(catchers && { catchers: catchers.map(beside) }),
    ...(choices && { choices: choices.map(beside) }),
    ...(otherwise && { otherwise: beside(otherwise) }),
  };
}

/** Those of one `States` block: of the steps, and of the ways that rejoin them. */
function namesIn({ steps }: Graph): readonly string[] {
  return steps.flatMap(({ name, catchers = [], choices = [], otherwise }) => [
    name,
    ...[...catchers, ...choices, ...(otherwise === undefined ? [] : [otherwise])].flatMap(namesIn),
  ]);
}
