/** What a Task state asks of a service, as far as it is known before it runs. */
import { isJsonObject } from "@stepwright/asl";
import type { IntegrationPattern, JsonObject, JsonValue } from "@stepwright/asl";

export interface TaskRequest {
  readonly service: string;
  /** As in the resource's ARN: `startExecution`. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
  /** The value of an argument (`TopicArn`); `undefined` when it is absent or read at run time. */
  readonly argument: (name: string) => JsonValue | undefined;
}

/** The text of an argument that is known beforehand. */
export function textArgument(request: TaskRequest, name: string): string | undefined {
  const value = request.argument(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @param owner  a state, an item reader or a result writer: what has `Parameters` or `Arguments` */
export function argumentsOf(owner: JsonObject): TaskRequest["argument"] {
  const given = [owner["Parameters"], owner["Arguments"]].find(isJsonObject) ?? {};
  return (name) => {
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof found === "string" && /^\s*\{%/.test(found) ? undefined : found;
  };
}
