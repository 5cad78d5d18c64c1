import { ServiceError } from "./service-error.ts";

/** An operation of AWS that this service does not do. */
export function notHereYet(operation: string): ServiceError {
  return new ServiceError("UnknownOperationException", `${operation} is not offered by this service yet.`);
}
