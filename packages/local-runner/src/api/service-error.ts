import type { JsonObject } from "@stepwright/asl";

/** A refused call, as AWS refuses it. `name` is the exception's name; the message is AWS's text. */
export class ServiceError extends Error {
  override readonly name: string;
  /** Further members of the answer: `resourceName`, `reason`. */
  readonly members: JsonObject;
  readonly httpStatus: number;

  constructor(name: string, message: string, members: JsonObject = {}) {
    super(message);
    this.name = name;
    this.members = members;
    this.httpStatus = httpStatuses[name] ?? 400;
  }
}

/** Those that are not 400. See the errors of https://docs.aws.amazon.com/step-functions/latest/apireference/. */
const httpStatuses: Readonly<Record<string, number>> = { InternalServerError: 500 };

export function doesNotExist(kind: "Execution" | "StateMachine" | "Activity", arn: string): ServiceError {
  const words = kind === "StateMachine" ? "State Machine" : kind;
  return new ServiceError(`${kind}DoesNotExist`, `${words} Does Not Exist: '${arn}'`);
}

export function invalidArn(problem: string): ServiceError {
  return new ServiceError("InvalidArn", `Invalid Arn: '${problem}'`);
}

export function validationError(message: string, reason?: string): ServiceError {
  return new ServiceError("ValidationException", message, reason === undefined ? {} : { reason });
}

/** Of a Distributed Map, or of a child of its Map Runs. The words are recorded for executions. */
export function labeledArnRefused(kind: "Execution" | "State Machine"): ServiceError {
  const message = `Labeled ${kind} ARNs are not supported for this API`;
  return validationError(message, "API_DOES_NOT_SUPPORT_LABELED_ARNS");
}

export function invalidPageToken(): ServiceError {
  return new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
}

/** Of aliases, versions and Map Runs. */
export function noSuchResource(resourceName: string): ServiceError {
  return new ServiceError("ResourceNotFound", "Request references a resource that does not exist.", { resourceName });
}
