/** A fragment's states under names of their own, so that one machine can have it twice. */
import type { Graph, Step } from "./step.ts";

/** Every name begins with `prefix`, jumps included. Targets inside fields that were written as ASL stay. */
export function prefixNames<Some extends Graph>(graph: Some, prefix: string): Some {
  const { steps, jumpTo } = graph;
  return {
    ...graph,
    steps: steps.map((step) => prefixStep(step, prefix)),
    ...(typeof jumpTo === "string" ? { jumpTo: prefix + jumpTo } : {}),
  };
}

function prefixStep(step: Step, prefix: string): Step {
  const prefixed = <Some extends Graph>(graph: Some): Some => prefixNames(graph, prefix);
  const { branches, processor, catchers, choices, otherwise } = step;
  return {
    ...step,
    name: prefix + step.name,
    ...(branches && { branches: branches.map(prefixed) }),
    ...(processor && { processor: prefixed(processor) }),
    ...(catchers && { catchers: catchers.map(prefixed) }),
    ...(choices && { choices: choices.map(prefixed) }),
    ...(otherwise && { otherwise: prefixed(otherwise) }),
  };
}
