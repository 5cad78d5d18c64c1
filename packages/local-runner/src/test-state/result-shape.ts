import type { IntegrationTarget } from "../tasks/task-invoker.ts";
import { expandObject } from "./compact-shape.ts";
import { generatedShapes } from "./result-shapes.generated.ts";
import { resultShapes } from "./result-shapes.ts";
import type { ObjectShape } from "./result-shapes.ts";

/**
 * What an integration can answer: by our own table, which knows bounds and values too, or by the models of the SDK.
 * @returns `undefined` when nothing is known of it; its results are not validated then
 */
export function resultShape({ action, pattern, resource, resourceType }: IntegrationTarget): ObjectShape | undefined {
  const name = `${resourceType}:${action}`;
  if (Object.hasOwn(resultShapes, name) && pattern !== "sync") return resultShapes[name];
  const exact = `${resourceType}:${resource}`;
  if (Object.hasOwn(generatedShapes, exact)) return expandObject(generatedShapes[exact]!);
  return pattern === "sync" && Object.hasOwn(resultShapes, name) ? resultShapes[name] : undefined;
}
