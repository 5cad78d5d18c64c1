import type { CheckedRequest } from "./operation.ts";
import { objectsOf, textOf } from "./request-members.ts";
import { ServiceError } from "./service-error.ts";
import type { ServiceState } from "./service-state.ts";
import { arnOf } from "./service-state.ts";

const maxTags = 50;

/**
 * A resource's tags after the request's own were added.
 * @throws ServiceError `TooManyTags`, `AccessDeniedException`
 */
export function tagsOf(
  request: CheckedRequest,
  resourceArn: string,
  known: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const tags = new Map(known);
  assertNotReserved(objectsOf(request, "tags").map((tag) => tag["key"] as string | undefined));
  for (const tag of objectsOf(request, "tags")) tags.set((tag["key"] ?? "") as string, (tag["value"] ?? "") as string);
  if (tags.size > maxTags) {
    throw new ServiceError("TooManyTags", `Too many tags: a resource has at most ${maxTags}.`, {
      resourceName: resourceArn,
    });
  }
  return tags;
}

/**
 * Recorded is the exception alone; the words are ours.
 * @throws ServiceError `AccessDeniedException`
 */
export function assertNotReserved(keys: readonly (string | undefined)[]): void {
  const reserved = keys.find((key) => key?.toLowerCase().startsWith("aws:"));
  if (reserved === undefined) return;
  throw new ServiceError("AccessDeniedException", `The tag key ${reserved} begins with aws:, which is AWS's own.`);
}

/** A version or an alias of a machine that there is has no tags, and says so: recorded. */
export function shownTags(state: ServiceState, request: CheckedRequest): ReadonlyMap<string, string> {
  const resourceArn = textOf(request, "resourceArn");
  const { kind } = arnOf(resourceArn, "stateMachine", "version", "alias", "activity");
  const isPart = kind === "version" || kind === "alias";
  return isPart && state.machines.has(resourceArn.slice(0, resourceArn.lastIndexOf(":")))
    ? new Map()
    : findTags(state, request);
}

/**
 * The tags of a machine or an activity, to be changed.
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
