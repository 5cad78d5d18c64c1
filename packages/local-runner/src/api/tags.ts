import type { CheckedRequest } from "./operation.ts";
import { objectsOf, textOf } from "./request-members.ts";
import { ServiceError } from "./service-error.ts";
import type { ServiceState } from "./service-state.ts";
import { arnOf } from "./service-state.ts";

const maxTags = 50;

/**
 * A resource's tags after the request's own were added.
 * @throws ServiceError `TooManyTags`, `ValidationException`
 */
export function tagsOf(
  request: CheckedRequest,
  resourceArn: string,
  known: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const tags = new Map(known);
  for (const tag of objectsOf(request, "tags")) tags.set((tag["key"] ?? "") as string, (tag["value"] ?? "") as string);
  if (tags.size > maxTags) {
    throw new ServiceError("TooManyTags", `Too many tags: a resource has at most ${maxTags}.`, {
      resourceName: resourceArn,
    });
  }
  return tags;
}

/**
 * The tags of a machine or an activity, to be read and changed.
 * @throws ServiceError `InvalidArn`, `ResourceNotFound`
 */
export function findTags(state: ServiceState, request: CheckedRequest): Map<string, string> {
  const resourceArn = textOf(request, "resourceArn");
  const { kind } = arnOf(resourceArn, "stateMachine", "version", "alias", "activity");
  const owner = kind === "activity" ? state.activities.get(resourceArn) : state.machines.get(resourceArn);
  if (owner !== undefined) return owner.tags;
  // Versions and aliases have no tags: recorded.
  throw new ServiceError("ResourceNotFound", `Resource not found: '${resourceArn}'`, { resourceName: resourceArn });
}
