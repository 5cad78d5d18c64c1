/**
 * Segments to a function from a document to what they find there. All choices are made once, here;
 * what is left for evaluation is member reads.
 *
 * Own keys only: a member named `constructor` or `__proto__` is found when the data has it, and not otherwise.
 */
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { compileFilter, type Test } from "./filter.ts";
import { pathFunctions } from "./path-function.ts";
import type { PathReader } from "./path-reader.ts";
import type { PathSegment } from "./path.ts";

export function compileSegments(segments: readonly PathSegment[], definite: boolean): PathReader {
  if (!definite) return listReader(segments);
  const readers = segments.map(compileDefiniteSegment);
  const [first, second, third] = readers;
  // Most paths are this short; the loop of the general case would cost them more than their reads.
  switch (segments.length) {
    case 0:
      return (node) => node;
    case 1:
      return first!;
    case 2:
      return (node, document) => {
        const one = first!(node, document);
        return one === undefined ? undefined : second!(one, document);
      };
    case 3:
      return (node, document) => {
        const one = first!(node, document);
        const two = one === undefined ? undefined : second!(one, document);
        return two === undefined ? undefined : third!(two, document);
      };
    default:
      return chainReader(readers);
  }
}

function chainReader(readers: readonly PathReader[]): PathReader {
  return (node, document) => {
    let found: JsonValue | undefined = node;
    for (const read of readers) {
      found = read(found, document);
      if (found === undefined) return undefined;
    }
    return found;
  };
}

/** One segment of a definite path on one node. Also for asking where a path breaks off. */
export function compileDefiniteSegment(segment: PathSegment): PathReader {
  switch (segment.kind) {
    case "member":
      return memberReader(segment.name);
    case "index":
      return indexReader(segment.index);
    case "members":
      return (node) => (isJsonObject(node) ? pick(node, segment.names) : undefined);
    case "function":
      return (node) => pathFunctions[segment.name](node, segment.index);
    default:
      throw new Error(`A ${segment.kind} segment is not definite`);
  }
}

function memberReader(name: string): PathReader {
  // Only a name that every object inherits needs the slower question.
  return name in Object.prototype
    ? (node) => (isJsonObject(node) && Object.hasOwn(node, name) ? node[name] : undefined)
    : (node) => (isJsonObject(node) ? node[name] : undefined);
}

function indexReader(index: number): PathReader {
  return index < 0
    ? (node) => (isJsonArray(node) ? node[node.length + index] : undefined)
    : (node) => (isJsonArray(node) ? node[index] : undefined);
}

function pick(node: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(node, name)).map((name) => [name, node[name]!]));
}

/** Appends to `found` what one segment finds at `node`. */
type Step = (node: JsonValue, document: JsonValue, found: JsonValue[]) => void;

/** Segment by segment over all nodes at once: no recursion, however long the path is. */
function listReader(segments: readonly PathSegment[]): PathReader {
  const steps: Step[] = [];
  let aggregate: PathReader | undefined;
  for (const [position, segment] of segments.entries()) {
    if (segment.kind === "descendants") continue;
    const last = position === segments.length - 1;
    // As in Jayway, a function after `..` takes the whole list and not each node.
    if (segment.kind === "function" && segments.some(({ kind }) => kind === "descendants")) {
      aggregate = compileDefiniteSegment(segment);
      continue;
    }
    const step = compileStep(segment, last);
    steps.push(segments[position - 1]?.kind === "descendants" ? everywhere(step, segment, last) : step);
  }
  return (start, document) => {
    let nodes: JsonValue[] = [start];
    for (const step of steps) {
      if (nodes.length === 0) break;
      const next: JsonValue[] = [];
      for (const node of nodes) step(node, document, next);
      nodes = next;
    }
    return aggregate === undefined ? nodes : aggregate(nodes, document);
  };
}

function compileStep(segment: PathSegment, last: boolean): Step {
  switch (segment.kind) {
    case "wildcard":
      return (node, _document, found) => {
        for (const child of childrenOf(node)) found.push(child);
      };
    case "members": {
      if (last) return definiteStep(segment);
      const steps = segment.names.map((name) => definiteStep({ kind: "member", name }));
      return (node, document, found) => {
        for (const step of steps) step(node, document, found);
      };
    }
    case "indices": {
      const steps = segment.indices.map((index) => definiteStep({ kind: "index", index }));
      return (node, document, found) => {
        for (const step of steps) step(node, document, found);
      };
    }
    case "slice":
      return sliceStep(segment.from, segment.to);
    case "filter": {
      const accepts = compileFilter(segment.filter, compileSegments);
      return (node, document, found) => {
        if (isJsonArray(node)) {
          for (const item of node) if (accepts(item, document)) found.push(item);
        } else if (isJsonObject(node) && accepts(node, document)) {
          // Jayway asks an object itself, not its members.
          found.push(node);
        }
      };
    }
    default:
      return definiteStep(segment);
  }
}

function definiteStep(segment: PathSegment): Step {
  const read = compileDefiniteSegment(segment);
  return (node, document, found) => {
    const value = read(node, document);
    if (value !== undefined) found.push(value);
  };
}

/** Jayway's slices: `[a:b]` counts `a` from the end only item by item, so that `[-1:1]` gives the last and the first. */
function sliceStep(from: number | undefined, to: number | undefined): Step {
  return (node, _document, found) => {
    if (!isJsonArray(node)) return;
    const { length } = node;
    const start = from === undefined ? 0 : to === undefined && from < 0 ? Math.max(0, length + from) : from;
    const end = Math.min(length, to === undefined ? length : from === undefined && to < 0 ? length + to : to);
    for (let index = Math.max(start, -length); index < end; index += 1) {
      const item = node[index < 0 ? length + index : index];
      if (item !== undefined) found.push(item);
    }
  };
}

/** A step at the node and at everything below it, parents first. */
function everywhere(step: Step, segment: PathSegment, last: boolean): Step {
  const applies = compileScanCondition(segment, last);
  return (start, document, found) => {
    const pending: JsonValue[] = [start];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (typeof node !== "object" || node === null) continue;
      if (applies(node, document)) step(node, document, found);
      const children = childrenOf(node);
      for (let position = children.length - 1; position >= 0; position -= 1) pending.push(children[position]!);
    }
  };
}

/** Which nodes a segment after `..` looks at, where that is not all of them. */
function compileScanCondition(segment: PathSegment, last: boolean): Test {
  // Several names at the end make one object, and only where all of them are.
  if (segment.kind === "members" && last) {
    return (node) => isJsonObject(node) && segment.names.every((name) => Object.hasOwn(node, name));
  }
  // Every object is met on its own, so the items of a list must not be asked a second time.
  return segment.kind === "filter" ? compileFilter(segment.filter, compileSegments) : () => true;
}

function childrenOf(node: JsonValue): readonly JsonValue[] {
  if (isJsonArray(node)) return node;
  return isJsonObject(node) ? Object.values(node) : [];
}
